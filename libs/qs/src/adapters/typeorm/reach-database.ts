import { Unavailable } from '@phoenix/edge';
import { isConnectionLoss } from '@phoenix/postgres';

const RETRY_AFTER_MS = 1_000;

/** Runs work on the database; throws `Unavailable` when it could not be reached, or was lost on the way. */
export async function reachDatabase<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isConnectionLoss(error)) throw new Unavailable(RETRY_AFTER_MS, { cause: error });
    throw error;
  }
}
