import { type JobBackend, redisPersistence, type RedisPersistence } from '@phoenix/jobs';
import type { Config } from './config/config.js';
import type { ServiceName } from './config/service-name.js';
import { StartupRefusal } from './config/startup-refusal.js';

/** Where a service's scheduled jobs wait: on the Redis that is configured, else in the service's own database. */
export function jobBackend(redis: Config['redis'], name: ServiceName, databaseUrl: string): JobBackend {
  return redis === undefined
    ? { kind: 'postgres', databaseUrl, schema: `phoenix_${name}_jobs` }
    : { kind: 'redis', url: redis.url, prefix: `phoenix-${name}` };
}

const PERSISTENCE: Readonly<Record<Exclude<RedisPersistence, 'none'>, string>> = {
  snapshots: 'writes snapshots to its disk (its setting save is not empty)',
  log: 'writes a log to its disk (its setting appendonly is not no)',
  hidden: 'does not say whether it writes to its disk (CONFIG GET is refused)',
};

/**
 * Refuses a Redis that keeps on a disk what goes through it: such files say to the millisecond what happened when, and no
 * promise about them can be held. Jobs are declared anew at each start, nothing is lost with it.
 */
export async function requireForgetfulRedis(redis: Config['redis']): Promise<void> {
  if (redis === undefined) return;
  const persistence = await redisPersistence(redis.url).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code ?? /^[A-Z]+/.exec(message)?.[0] ?? 'no answer';
    throw new StartupRefusal(`REDIS_URL does not lead to a usable Redis: ${reason}.`);
  });
  if (persistence === 'none' || redis.trustPersistence) return;
  throw new StartupRefusal(
    `The Redis of REDIS_URL ${PERSISTENCE[persistence]}: start it with --save "" --appendonly no, or set ` +
      'REDIS_TRUST_PERSISTENCE=true when you have seen to it otherwise.',
  );
}
