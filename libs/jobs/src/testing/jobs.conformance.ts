import type { JobBackend } from '../job-backend.js';
import type { JobReports } from '../job-reports.js';
import { Jobs } from '../jobs.js';
import type { ScheduledJob } from '../scheduled-job.js';
import { readTraces, type Trace } from './read-traces.js';

const MONTHLY = '30 2 1 * *';
const EVERY_SECOND = '* * * * * *';
const RETRIES = { attempts: 3, delayMs: 50 };
/** What stands for the ids and counts that a job of a real service has to do with. */
const SECRET = '7f9c2ba4-e88f-827d-6160-55076e05f2a1';

/** Something that will have happened so many times. */
class Times {
  readonly reached: Promise<void>;
  count = 0;
  #reach: () => void = () => undefined;

  constructor(private readonly goal: number) {
    this.reached = new Promise((resolve) => (this.#reach = resolve));
  }

  again(): void {
    if (++this.count === this.goal) this.#reach();
  }
}

/** What BullMQ writes: its own words, the options that we give it, and the names and patterns of jobs. */
const WORDS = new Set([
  ...['jobs', MONTHLY, 'UTC', 'month', 'other-month'],
  ...['start-month', 'start-other-month', 'repeat:month:<time>', 'repeat:other-month:<time>'],
  ...['added', 'waiting', 'active', 'delayed', 'completed', 'failed', 'drained', 'retries-exhausted'],
  ...['opts.maxLenEvents', 'exponential', 'true', 'false', 'null'],
]);
const KEYS =
  /^key jobs:(id|meta|events|delayed|marker|repeat|repeat:(other-)?month(:<time>)?|start-(other-)?month:lock)$/;
/** What it counts: its own runs and events, retries, and milliseconds to the next time. */
const COUNTS = new RegExp(
  '(^|\\.)(id|seq|value|priority|delay|delay_ms|attempts\\w*|max_attempts|pending_deps|stalled_count|count|' +
    'iteration_count|ic|offset|offset_ms|opts\\.maxLenEvents|stackTraceLimit)$|^jobs:(id|delayed|marker)$',
);

/** Whether a trace is one of those that every homeserver leaves, whatever its jobs have to do with. */
function isEverywhere({ place, value }: Trace): boolean {
  if (place.startsWith('migration.')) return true;
  const word = value.replace(/\d{13}(-\d+)?/, '<time>');
  const isCount = COUNTS.test(place) && /^\d+$/.test(value);
  return word === '<time>' || WORDS.has(word) || isCount || KEYS.test(`${place} ${word}`);
}

/** What holds of jobs on every backend; `make` gives one that nothing else uses. */
export function jobsConformance(make: () => Promise<JobBackend>): void {
  const started: Jobs[] = [];
  afterEach(async () => {
    await Promise.all(started.map((jobs) => jobs.stop()));
    started.length = 0;
  });

  function start(
    backend: JobBackend,
    jobs: readonly ScheduledJob[],
    reports: Partial<JobReports> = {},
  ): Jobs {
    const fail = (error: unknown): never => {
      throw error;
    };
    const all = { failed: (_job: string, error: unknown) => fail(error), unreachable: fail, ...reports };
    const made = new Jobs(backend, all, RETRIES);
    jobs.forEach((job) => made.declare(job));
    made.start();
    started.push(made);
    return made;
  }
  const job = (run: () => void | Promise<void>, name = 'month', pattern = MONTHLY): ScheduledJob => ({
    name,
    pattern,
    run: async () => run(),
  });

  it('runs each job soon after the start, whatever its pattern', async () => {
    const [one, other] = [new Times(1), new Times(1)];
    start(await make(), [job(() => one.again()), job(() => other.again(), 'other-month')]);
    await Promise.all([one.reached, other.reached]);
  });

  it('runs a job whenever its time has come', async () => {
    const times = new Times(4);
    start(await make(), [job(() => times.again(), 'month', EVERY_SECOND)]);
    await times.reached;
  });

  it('tells of a job that throws, and runs it again', async () => {
    const times = new Times(3);
    const failed: unknown[] = [];
    const throwing = job(() => {
      times.again();
      if (times.count < 3) throw new RangeError(SECRET);
    });
    start(await make(), [throwing], { failed: (name, error) => failed.push([name, error]) });
    await times.reached;
    expect(failed).toEqual(Array(2).fill(['month', new RangeError(SECRET)]));
  });

  it('lets the job that runs finish before it stops', async () => {
    const [inside, gate] = [new Times(1), new Times(1)];
    const events: string[] = [];
    const slow = job(async () => {
      inside.again();
      await gate.reached;
      events.push('finished');
    });
    const jobs = start(await make(), [slow]);
    await inside.reached;
    const stopped = jobs.stop().then(() => events.push('stopped'));
    gate.again();
    await stopped;
    expect(events).toEqual(['finished', 'stopped']);
  });

  it('stops at once when it has hardly started', async () => {
    await start(await make(), [job(() => undefined)]).stop();
  });

  it('is not hindered by what an interrupted process has left', async () => {
    const backend = await make();
    const [inside, gate, times] = [new Times(1), new Times(1), new Times(1)];
    const interrupted = job(() => (inside.again(), gate.reached));
    start(backend, [interrupted, job(() => undefined, 'other-month')], { unreachable: () => undefined });
    await inside.reached;
    start(backend, [job(() => times.again())]);
    await times.reached;
    gate.again();
  });

  it('runs each job when several processes start at the same time', async () => {
    const backend = await make();
    const times = new Times(1);
    const ignore = { unreachable: (): void => undefined };
    for (let process = 0; process < 3; process++) start(backend, [job(() => times.again())], ignore);
    await times.reached;
  });

  it('leaves names and times behind, and nothing of what the jobs had to do with', async () => {
    const backend = await make();
    const [given, done] = [new Times(RETRIES.attempts), new Times(1)];
    const failing = job(() => {
      given.again();
      throw new Error(`could not let go of ${SECRET}, and of 4711 more`);
    });
    const jobs = start(backend, [failing, job(() => done.again(), 'other-month')], {
      failed: () => undefined,
    });
    await Promise.all([given.reached, done.reached]);
    await jobs.stop();
    const traces = await readTraces(backend);
    expect(traces.map(({ value }) => value)).toContain('month');
    expect(traces.filter((trace) => !isEverywhere(trace))).toEqual([]);
  });
}
