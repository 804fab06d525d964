import { advisoryKey, lockExclusive, lockShared, type Queryable, Statement } from '@phoenix/postgres';
import { utf8 } from '@phoenix/wire';

/** Shared by whoever wraps secrets, held alone by whoever names another store key. */
const LOCK = advisoryKey('as', utf8('queue store key'));

const CURRENT = new Statement<[id: number]>('as-store-key', 'SELECT id FROM queue_store_key');
const ADVANCE = new Statement('as-store-key-advance', 'UPDATE queue_store_key SET id = $1 WHERE id < $1');

/** The store key to wrap under; it stays the current one to the end of the transaction. */
export async function holdQueueStoreKey(transaction: Queryable): Promise<number> {
  const [, [row]] = await Promise.all([lockShared(transaction, LOCK), CURRENT.run(transaction)]);
  if (row === undefined) throw new Error('no store key was named');
  return row[0];
}

/** Waits for all who hold the store key, then names a newer one. */
export async function advanceQueueStoreKey(transaction: Queryable, id: number): Promise<void> {
  await lockExclusive(transaction, LOCK);
  await ADVANCE.run(transaction, [id]);
}
