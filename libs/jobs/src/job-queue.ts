import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { type OpenBackend, openBackend } from './backends/open-backend.js';
import type { JobBackend } from './job-backend.js';
import type { JobReports } from './job-reports.js';
import type { ScheduledJob } from './scheduled-job.js';

const NAME = 'jobs';
const LONGEST_JOB_MS = 24 * 3_600_000;
/** For the last words with a backend. */
const LEAVE_LIMIT_MS = 2_000;

/** How often a job is tried each time, and how long after the first failure; after each further one, twice as long. */
export interface Retries {
  readonly attempts: number;
  readonly delayMs: number;
}

type Bull = OpenBackend['bull'];
type BullWorker = InstanceType<Bull['Worker']>;

/**
 * A service's jobs in BullMQ: one queue, one worker, one job at a time.
 *
 * The queue is emptied at each start and filled anew: nothing in it is worth keeping, what an interrupted process left in
 * it would be in the way, and a watch over such leftovers would write the time into the database twice a minute, where it
 * dates every other row by its transaction id (docs/adr/0010).
 */
export class JobQueue {
  /** The job that runs, if one does; never rejects. */
  #running: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly backend: OpenBackend,
    private readonly jobs: ReadonlyMap<string, ScheduledJob>,
    private readonly reports: JobReports,
    private readonly retries: Retries,
    private worker?: BullWorker,
  ) {}

  /**
   * Declares the jobs, each for its times and for now, and begins to work. Rejects when the backend is not there or
   * `signal` gives up waiting for it.
   */
  static async open(
    backend: JobBackend,
    jobs: ReadonlyMap<string, ScheduledJob>,
    { reports, retries, signal }: { reports: JobReports; retries: Retries; signal: AbortSignal },
  ): Promise<JobQueue> {
    const unreachable = (error: unknown): void => reports.unreachable(error);
    const settled = new AbortController();
    const queue = new JobQueue(await openBackend(backend, unreachable), jobs, reports, retries);
    try {
      signal.throwIfAborted();
      // A Redis that is away is waited for by its client without end.
      await Promise.race([queue.#declare(), once(signal, 'abort', { signal: settled.signal })]);
      signal.throwIfAborted();
      queue.worker = queue.#work();
    } catch (error) {
      queue.backend.close();
      throw error;
    } finally {
      settled.abort();
    }
    queue.backend.onReturn(() => void queue.#declareIfForgotten().catch(unreachable));
    return queue;
  }

  /** Takes no more jobs, lets the one that runs finish, and leaves the backend, be it there or not. */
  async close(): Promise<void> {
    const closed = this.worker?.close();
    await this.#running;
    const gone = new AbortController();
    // A backend that is away would be waited for without end.
    const late = setTimeout(LEAVE_LIMIT_MS, 'late', { signal: gone.signal }).catch(() => undefined);
    if ((await Promise.race([closed, late])) === 'late')
      void this.worker?.disconnect().catch(() => undefined);
    gone.abort();
    this.backend.close();
  }

  async #declare(): Promise<void> {
    await this.#withQueue(async (queue) => {
      await queue.obliterate({ force: true });
      // Of its diary of events BullMQ keeps as little as it can be told to.
      await queue.getBackend().setQueueMeta({ 'opts.maxLenEvents': 1 });
      const { attempts, delayMs: delay } = this.retries;
      const opts = {
        attempts,
        backoff: { type: 'exponential', delay },
        removeOnComplete: true,
        removeOnFail: true,
        stackTraceLimit: 0,
      };
      for (const { name, pattern } of this.jobs.values()) {
        await queue.upsertJobScheduler(name, { pattern, tz: 'UTC' }, { name, data: {}, opts });
        await queue.add(name, {}, { ...opts, jobId: `start-${name}` });
      }
    });
  }

  async #declareIfForgotten(): Promise<void> {
    const kept = await this.#withQueue((queue) => queue.getJobSchedulersCount());
    if (kept < this.jobs.size) await this.#declare();
  }

  async #withQueue<T>(work: (queue: InstanceType<Bull['Queue']>) => Promise<T>): Promise<T> {
    const queue = new this.backend.bull.Queue(NAME, { ...this.backend.options, skipMetasUpdate: true });
    queue.on('error', (error) => this.reports.unreachable(error));
    try {
      await queue.waitUntilReady();
      return await work(queue);
    } finally {
      await queue.close();
    }
  }

  #work(): BullWorker {
    const process = ({ name }: { name: string }): Promise<unknown> => {
      const run = this.#run(name);
      this.#running = run.catch(() => undefined);
      return run;
    };
    const worker = new this.backend.bull.Worker(NAME, process, {
      ...this.backend.options,
      skipStalledCheck: true,
      skipLockRenewal: true,
      lockDuration: LONGEST_JOB_MS,
    });
    worker.on('error', (error) => this.reports.unreachable(error));
    return worker;
  }

  async #run(name: string): Promise<unknown> {
    try {
      await this.jobs.get(name)?.run();
      return undefined;
    } catch (error) {
      this.reports.failed(name, error);
      // BullMQ writes down what it is thrown: a rejection without a cause, and without anything else.
      return Promise.reject(new Error('failed'));
    }
  }
}
