import { Unavailable } from '@phoenix/edge';
import { DatabaseFault } from '@phoenix/postgres';

const RETRY_AFTER_MS = 1_000;
/** Too many connections, shutting down, crashed, starting up, and connections that break (PostgreSQL, appendix A). */
const PASSING = /^(08...|53300|57P0[123])$/;
/** What Node says of a server that is not there, and node-pg of a connection that ended. */
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);
const ENDED = /^Connection terminated|not queryable$|timeout exceeded when trying to connect/;

/** Runs work on the database; throws `Unavailable` when it could not be reached, or was lost on the way. */
export async function reachDatabase<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isPassing(error)) throw new Unavailable(RETRY_AFTER_MS, { cause: error });
    throw error;
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof DatabaseFault) return PASSING.test(error.sqlstate);
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return ENDED.test(error.message);
  return SYSTEM.has(code) || PASSING.test(code);
}
