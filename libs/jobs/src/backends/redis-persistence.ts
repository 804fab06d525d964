/** Whether a Redis writes what it holds to a disk; `hidden` when it does not say. */
export type RedisPersistence = 'none' | 'snapshots' | 'log' | 'hidden';

const ANSWER_LIMIT_MS = 5_000;

/**
 * Asks a Redis whether it writes snapshots (`save`) or a log of commands (`appendonly`). Rejects when it cannot be reached
 * or does not let us in.
 */
export async function redisPersistence(url: string): Promise<RedisPersistence> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_LIMIT_MS,
    commandTimeout: ANSWER_LIMIT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: unknown;
  redis.on('error', (error) => (reason = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    // "Connection is closed" says less than what closed it.
    throw reason ?? error;
  }
  try {
    if ((await setting(redis, 'appendonly')) !== 'no') return 'log';
    return (await setting(redis, 'save')) === '' ? 'none' : 'snapshots';
  } catch {
    return 'hidden';
  } finally {
    redis.disconnect();
  }
}

/** Throws when the server forbids the question, does not know it, or leaves the setting out of its answer. */
async function setting(
  redis: { config(subcommand: 'GET', name: string): Promise<unknown> },
  name: string,
): Promise<string> {
  const answer = (await redis.config('GET', name)) as readonly unknown[];
  const value = answer[answer.indexOf(name) + 1];
  if (!answer.includes(name) || typeof value !== 'string') throw new Error(`Redis does not tell ${name}.`);
  return value;
}
