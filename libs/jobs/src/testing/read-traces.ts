import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { JobBackend } from '../job-backend.js';

/** A value that a backend keeps, and where. */
export interface Trace {
  /** `job.name`, `job.opts.repeat.pattern`; of Redis `<key>.<field>`, without the prefix. */
  readonly place: string;
  readonly value: string;
}

/** All that a backend keeps of a service's jobs, as someone with a copy of it reads it; nulls and empty lists apart. */
export function readTraces(backend: JobBackend): Promise<Trace[]> {
  return backend.kind === 'postgres' ? ofPostgres(backend) : ofRedis(backend);
}

async function ofPostgres({ databaseUrl, schema }: JobBackend & { kind: 'postgres' }): Promise<Trace[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1',
      [schema],
    );
    const traces: Trace[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query(`SELECT * FROM "${schema}"."${name}"`);
      traces.push(...rows.flatMap((row: unknown) => leaves(name, row)));
    }
    return traces;
  } finally {
    await client.end();
  }
}

async function ofRedis({ url, prefix }: JobBackend & { kind: 'redis' }): Promise<Trace[]> {
  const redis = new Redis(url);
  try {
    const traces: Trace[] = [];
    for (const key of await redis.keys(`${prefix}:*`)) {
      const name = key.slice(prefix.length + 1);
      const held = await heldAt(redis, key);
      traces.push({ place: 'key', value: name }, ...leaves(name.replace(/\d{13}/, '<time>'), held));
    }
    return traces;
  } finally {
    redis.disconnect();
  }
}

async function heldAt(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  if (type === 'hash') return redis.hgetall(key);
  if (type === 'zset') return redis.zrange(key, 0, -1, 'WITHSCORES');
  if (type === 'list') return redis.lrange(key, 0, -1);
  if (type === 'set') return redis.smembers(key);
  if (type === 'stream')
    return (await redis.xrange(key, '-', '+')).map(([at, pairs]) => ({ at, ...paired(pairs) }));
  return redis.get(key);
}

function paired(list: readonly string[]): Record<string, string> {
  const names = list.filter((_, index) => index % 2 === 0);
  return Object.fromEntries(names.map((name, index) => [name, list[2 * index + 1]!]));
}

/** Every value in `value`, and in the JSON that it holds, with its path. */
function leaves(place: string, value: unknown): Trace[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string') {
    const parsed = /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : undefined;
    return parsed === undefined ? [{ place, value }] : leaves(place, parsed);
  }
  if (value instanceof Date) return [{ place, value: value.toISOString() }];
  if (Array.isArray(value)) return value.flatMap((item) => leaves(place, item));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, item]) => leaves(`${place}.${name}`, item));
  return [{ place, value: JSON.stringify(value) }];
}
