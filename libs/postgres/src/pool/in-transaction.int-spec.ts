import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { createPool, requireSupportedServer } from './create-pool.js';
import { DatabaseFault, isUniqueViolation } from './database-fault.js';
import { inTransaction } from './in-transaction.js';
import { Statement } from './statement.js';

const INSERT = new Statement('test-insert', 'INSERT INTO thing (id) VALUES ($1)');
const IDS = new Statement<[bigint]>('test-ids', 'SELECT id FROM thing ORDER BY id');

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2 });
  await pool.query('CREATE TABLE thing (id int8 PRIMARY KEY)');
});
beforeEach(() => pool.query('TRUNCATE thing'));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const ids = async () => (await IDS.run(pool)).flat();

describe('a pool', () => {
  it('accepts the server of this lane', async () => {
    await expect(requireSupportedServer(pool)).resolves.toBeUndefined();
  });

  it('gives int8 as bigint, also beyond 53 bits, and bytea as bytes', async () => {
    const row = new Statement<[bigint, Buffer]>('test-types', 'SELECT $1::int8, $2::bytea');
    const bytes = Uint8Array.of(9, 0, 255, 92, 1).subarray(1, 4);
    expect(await row.run(pool, [2n ** 62n + 1n, bytes])).toEqual([[2n ** 62n + 1n, Buffer.of(0, 255, 92)]]);
  });
});

describe('a transaction', () => {
  it('commits what it did and returns what the work returned', async () => {
    const result = await inTransaction(pool, async (tx) => {
      await INSERT.run(tx, [1n]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await ids()).toEqual([1n]);
  });

  it('commits with its last statement', async () => {
    await inTransaction(pool, async (tx) => {
      await INSERT.run(tx, [1n]);
      expect(await tx.last((on) => INSERT.count(on, [2n]))).toBe(1);
      expect(await ids()).toEqual([1n, 2n]);
    });
    expect(await ids()).toEqual([1n, 2n]);
  });

  it('leaves nothing when the work throws', async () => {
    const work = inTransaction(pool, async (tx) => {
      await INSERT.run(tx, [1n]);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await ids()).toEqual([]);
  });

  it('leaves nothing when its last statement fails, and says why', async () => {
    const work = inTransaction(pool, async (tx) => {
      await INSERT.run(tx, [1n]);
      await tx.last((on) => INSERT.run(on, [1n]));
    });
    await expect(work).rejects.toMatchObject({ kind: 'unique', constraint: 'thing_pkey' });
    expect(await ids()).toEqual([]);
  });

  it('does not pass a commit off as done that Postgres turned into a rollback', async () => {
    const work = inTransaction(pool, async (tx) => {
      await INSERT.run(tx, [1n]);
      await INSERT.run(tx, [1n]).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('was rolled back');
    expect(await ids()).toEqual([]);
  });

  it('gives its connection back whatever happens', async () => {
    const attempts = Array.from({ length: 10 }, (_, index) =>
      inTransaction(pool, async (tx) => {
        await INSERT.run(tx, [BigInt(index % 2)]);
        if (index % 3 === 0) throw new Error('no');
      }),
    );
    await Promise.allSettled(attempts);
    expect(pool.idleCount).toBe(pool.totalCount);
    expect(pool.waitingCount).toBe(0);
  });

  it('survives a connection that is cut in its middle', async () => {
    const work = inTransaction(pool, async (tx) => {
      await INSERT.run(tx, [1n]);
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(work).rejects.toThrow();
    expect(await ids()).toEqual([]);
  });
});

describe('a fault', () => {
  it('names the constraint and holds no value, though Postgres quotes it', async () => {
    const secret = 7_777_777n;
    await INSERT.run(pool, [secret]);
    const fault: unknown = await INSERT.run(pool, [secret]).catch((error: unknown) => error);
    expect(isUniqueViolation(fault, 'thing_pkey')).toBe(true);
    expect(isUniqueViolation(fault, 'other')).toBe(false);
    expect(JSON.stringify([fault, String(fault), (fault as DatabaseFault).cause])).not.toContain('7777777');
  });

  it('is what Postgres says of a bad input, without the input', async () => {
    const cast = new Statement('test-cast', 'SELECT $1::text::uuid');
    const fault: unknown = await cast.run(pool, ['planted-marker']).catch((error: unknown) => error);
    expect(fault).toMatchObject({ kind: 'other', code: '22P02' });
    expect(String(fault)).not.toContain('planted-marker');
  });
});
