import { Pool, types } from 'pg';

type TypeId = Parameters<typeof types.getTypeParser>[0];

/** The oldest server that the stores are tested on. */
const OLDEST = 15;
/** How long a connection may take, one that is free included: then the server is away or has too much to do. */
export const CONNECT_LIMIT_MS = 10_000;

/** How large a pool may grow and who hears of connections lost while idle. */
export interface PoolOptions {
  readonly max: number;
  /** How long a connection may take, in milliseconds; 10 s unless said. */
  readonly connectLimitMs?: number;
  /** How long a statement may take to be answered, in milliseconds; no limit unless said. */
  readonly answerLimitMs?: number;
  readonly onIdleError?: (error: Error) => void;
}

/**
 * A pool of connections to `url`, none of which is made yet. `int8` columns come as `bigint`, `bytea` as `Buffer`.
 * Statements of one connection are pipelined: sent when asked for, without waiting for the answer before.
 */
export function createPool(
  url: string,
  { max, connectLimitMs = CONNECT_LIMIT_MS, answerLimitMs, onIdleError }: PoolOptions,
): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    pipeline: true,
    connectionTimeoutMillis: connectLimitMs,
    ...(answerLimitMs === undefined ? {} : { query_timeout: answerLimitMs }),
    types: { getTypeParser: getTypeParser as typeof types.getTypeParser },
  });
  // Unheard, a connection lost while idle would end the process; the pool replaces it by itself.
  pool.on('error', onIdleError ?? (() => undefined));
  return pool;
}

const getTypeParser = (oid: TypeId, format?: 'text' | 'binary') =>
  oid === types.builtins.INT8 && format !== 'binary'
    ? BigInt
    : (types.getTypeParser(oid, format) as typeof BigInt);

/** Throws one sentence when the server behind `pool` is older than Postgres 15 or cannot be reached. */
export async function requireSupportedServer(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ server_version_num: string }>('SHOW server_version_num');
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (!(major >= OLDEST))
    throw new Error(`The database server is Postgres ${major}: this homeserver needs ${OLDEST} or newer.`);
}
