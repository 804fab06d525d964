import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool.js';
import { inTransaction } from '../pool/in-transaction.js';
import type { Queryable } from '../pool/statement.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { advisoryKey, lockExclusive, lockShared } from './advisory-lock.js';

type Lock = (transaction: Queryable, key: bigint) => Promise<void>;
const KEY = advisoryKey('group', Uint8Array.of(1, 2, 3));

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Takes `first` in one transaction and, while that one is open, `second` in another that does not wait. */
async function together(first: Lock, second: Lock, secondKey = KEY): Promise<void> {
  await inTransaction(pool, async (holder) => {
    await first(holder, KEY);
    await inTransaction(pool, async (other) => {
      await other.query("SET LOCAL lock_timeout = '20ms'");
      await second(other, secondKey);
    });
  });
}

it('lets those who share in together', async () => {
  await expect(together(lockShared, lockShared)).resolves.toBeUndefined();
});

it.each<[string, Lock, Lock]>([
  ['an exclusive holder from one who shares', lockShared, lockExclusive],
  ['one who shares from an exclusive holder', lockExclusive, lockShared],
  ['two exclusive holders from each other', lockExclusive, lockExclusive],
])('keeps %s', async (_, first, second) => {
  await expect(together(first, second)).rejects.toMatchObject({ kind: 'timeout' });
});

it('does not hold up another subject', async () => {
  await expect(together(lockExclusive, lockExclusive, KEY + 1n)).resolves.toBeUndefined();
});

it('ends with its transaction', async () => {
  await inTransaction(pool, (holder) => lockExclusive(holder, KEY));
  await expect(together(lockExclusive, lockShared, KEY + 1n)).resolves.toBeUndefined();
});

it('has different keys for kinds and subjects that look alike when joined', () => {
  expect(advisoryKey('a', Buffer.from('bc'))).not.toBe(advisoryKey('ab', Buffer.from('c')));
});
