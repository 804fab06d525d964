/** Too many connections, shutting down, crashed, starting up, and connections that break (PostgreSQL, appendix A). */
const SQLSTATE = /^(08...|53300|57P0[123])$/;
/** What Node says of a server that is not there. */
const SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
]);
/** What node-pg says of a connection that ended, and of one that is not to be had; these errors have no code. */
const ENDED = /^Connection terminated|not queryable$|timeout exceeded when trying to connect$/;

/**
 * Whether `error`, node-pg's or TypeORM's, says that the database could not be reached or was lost on the way: the same
 * statement may succeed later, and whether this one took effect is open.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, driverError } = error as Partial<
    Record<'code' | 'message' | 'driverError', unknown>
  >;
  if (driverError !== undefined) return isConnectionLoss(driverError);
  if (typeof code === 'string') return SYSTEM.has(code) || SQLSTATE.test(code);
  return typeof message === 'string' && ENDED.test(message);
}
