import { setTimeout } from 'node:timers/promises';
import type { JobBackend } from './job-backend.js';
import { JobQueue, type Retries } from './job-queue.js';
import type { JobReports } from './job-reports.js';
import type { ScheduledJob } from './scheduled-job.js';

const RETRIES: Retries = { attempts: 7, delayMs: 60_000 };
const REOPEN_MS = 15_000;
const NAME = /^[a-z]+(-[a-z]+)*$/;

/** The scheduled jobs of one service: declared while it is made, started once it is ready, stopped before its database. */
export class Jobs {
  readonly #declared = new Map<string, ScheduledJob>();
  readonly #stopping = new AbortController();
  #opened: Promise<JobQueue | undefined> | undefined;
  /** What an absent backend throws every second is said once. */
  readonly #reports: JobReports = {
    failed: (job, error) => this.reports.failed(job, error),
    unreachable: (error) => {
      if (this.#silent || this.#stopping.signal.aborted) return;
      this.#silent = true;
      this.reports.unreachable(error);
    },
  };
  #silent = false;

  constructor(
    private readonly backend: JobBackend,
    private readonly reports: JobReports,
    private readonly retries: Retries = RETRIES,
  ) {}

  /** Throws for a job that comes too late, or whose name is taken or could hold more than words. */
  declare(job: ScheduledJob): void {
    if (this.#opened !== undefined) throw new Error('jobs are declared before they are started');
    if (!NAME.test(job.name) || this.#declared.has(job.name)) throw new Error('a job has a name of its own');
    this.#declared.set(job.name, job);
  }

  /** Begins; waits for nothing. A service without jobs touches no backend. */
  start(): void {
    if (this.#declared.size > 0) this.#opened ??= this.#open();
  }

  /** No further job begins; resolves when the one that runs has ended and the backend is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await (await this.#opened)?.close();
  }

  /** Again and again until the backend is there; undefined when stopped before. */
  async #open(): Promise<JobQueue | undefined> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        return await JobQueue.open(this.backend, this.#watched(), {
          reports: this.#reports,
          retries: this.retries,
          signal,
        });
      } catch (error) {
        this.#reports.unreachable(error);
        await setTimeout(REOPEN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  /** The jobs; one that runs shows that the backend is there. */
  #watched(): ReadonlyMap<string, ScheduledJob> {
    const watch = (job: ScheduledJob): ScheduledJob => ({
      name: job.name,
      pattern: job.pattern,
      run: () => {
        this.#silent = false;
        return job.run();
      },
    });
    return new Map([...this.#declared].map(([name, job]) => [name, watch(job)]));
  }
}
