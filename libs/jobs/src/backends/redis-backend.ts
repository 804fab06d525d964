import type { JobBackend } from '../job-backend.js';
import type { OpenBackend } from './open-backend.js';

const RETRY_STEP_MS = 100;
const RETRY_MAX_MS = 5_000;

/** BullMQ on a Redis, which forgets all jobs when it ends: they are declared again when it is back. */
export async function openRedis(
  { url, prefix }: JobBackend & { kind: 'redis' },
  onError: (error: unknown) => void,
): Promise<OpenBackend> {
  const [{ createRedisBackend, withBackend }, { Redis }] = await Promise.all([
    import('bullmq'),
    import('ioredis'),
  ]);
  let left = false;
  // BullMQ waits for its commands as long as it takes, and where it blocks duplicates this client, options included.
  const connection = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (left ? null : Math.min(times * RETRY_STEP_MS, RETRY_MAX_MS)),
  });
  connection.on('error', onError);
  return {
    bull: withBackend(createRedisBackend) as OpenBackend['bull'],
    options: { connection, prefix },
    onReturn: (listener) => void connection.on('ready', listener),
    close: () => {
      left = true;
      connection.disconnect();
    },
  };
}
