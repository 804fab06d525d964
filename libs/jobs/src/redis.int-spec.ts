import { type JobBackend, redisPersistence } from './index.js';
import { Jobs } from './jobs.js';
import { jobsConformance } from './testing/jobs.conformance.js';
import { RedisServer } from './testing/redis-server.js';

// Jest's global setup, or scripts/services.sh, starts one where the program is.
const url = process.env['TEST_REDIS_URL'];

if (url === undefined) {
  it('is not tried where no redis-server is installed, but for continuous integration', () => {
    expect(process.env['CI']).not.toBe('true');
  });
} else {
  describe('jobs on Redis', () => onRedis(url));
}

function onRedis(shared: string): void {
  let server: RedisServer | undefined;
  afterEach(() => server?.stop());
  const run = (expected: number): { promise: Promise<void>; once: () => void } => {
    let [reach, count] = [(): void => undefined, 0];
    const promise = new Promise<void>((resolve) => (reach = resolve));
    const once = (): void => {
      if (++count === expected) reach();
    };
    return { promise, once };
  };
  const jobsOn = (backend: JobBackend, once: () => void, unreachable: () => void): Jobs => {
    const jobs = new Jobs(backend, { failed: unreachable, unreachable });
    jobs.declare({ name: 'month', pattern: '30 2 1 * *', run: async () => once() });
    return jobs;
  };

  let made = 0;
  jobsConformance(async () => ({ kind: 'redis', url: shared, prefix: `test-${process.pid}-${made++}` }));

  it('are declared again on a Redis that has forgotten them, and its absence is told once', async () => {
    server = await RedisServer.start();
    const [first, second, gone] = [run(1), run(2), run(1)];
    const both = (): void => {
      first.once();
      second.once();
    };
    let told = 0;
    const jobs = jobsOn({ kind: 'redis', url: server.url, prefix: 'test' }, both, () => {
      told++;
      gone.once();
    });
    jobs.start();
    await first.promise;
    await server.kill();
    await gone.promise;
    await server.startAgain();
    await second.promise;
    expect(told).toBe(1);
    await jobs.stop();
  });

  it('stop without a Redis that is away, whether they have begun or not', async () => {
    server = await RedisServer.start();
    const backend: JobBackend = { kind: 'redis', url: server.url, prefix: 'test' };
    const [ran, gone, missed] = [run(1), run(1), run(1)];
    const begun = jobsOn(backend, ran.once, gone.once);
    begun.start();
    await ran.promise;
    await server.kill();
    await gone.promise;
    await begun.stop();
    const waiting = jobsOn(backend, ran.once, missed.once);
    waiting.start();
    await missed.promise;
    await waiting.stop();
  });

  it.each([
    ['nothing', [], 'none'],
    ['snapshots', ['--save', '3600 1'], 'snapshots'],
    ['a log', ['--appendonly', 'yes'], 'log'],
    ['what it does not say', ['--rename-command', 'CONFIG', ''], 'hidden'],
  ])('know whether a Redis keeps %s on its disk', async (_what, settings, expected) => {
    server = await RedisServer.start(...settings);
    expect(await redisPersistence(server.url)).toBe(expected);
  });

  it('know nothing of a Redis that is not there or does not let them in', async () => {
    server = await RedisServer.start('--requirepass', 'hunter2');
    await expect(redisPersistence(server.url)).rejects.toThrow('NOAUTH');
    await server.kill();
    await expect(redisPersistence(server.url)).rejects.toThrow('ECONNREFUSED');
  });
}
