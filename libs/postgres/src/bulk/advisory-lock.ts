import { createHash } from 'node:crypto';
import { Statement, type Queryable } from '../pool/statement.js';

const SHARED = new Statement('advisory-xact-lock-shared', 'SELECT pg_advisory_xact_lock_shared($1::int8)');
const EXCLUSIVE = new Statement('advisory-xact-lock', 'SELECT pg_advisory_xact_lock($1::int8)');

/**
 * The 64-bit key under which Postgres knows the advisory lock on `subject` among those of `kind`. Advisory locks live in
 * the server's memory: they reach neither its files nor its log. Two subjects with one key merely wait for each other.
 */
export function advisoryKey(kind: string, subject: Uint8Array): bigint {
  const digest = createHash('sha256').update(kind).update(Uint8Array.of(0)).update(subject).digest();
  return digest.readBigInt64BE();
}

/** Waits until nobody holds `key` exclusively; holds it, with others, to the end of the transaction. */
export async function lockShared(transaction: Queryable, key: bigint): Promise<void> {
  await SHARED.run(transaction, [key]);
}

/** Waits until nobody holds `key`; holds it alone to the end of the transaction. */
export async function lockExclusive(transaction: Queryable, key: bigint): Promise<void> {
  await EXCLUSIVE.run(transaction, [key]);
}
