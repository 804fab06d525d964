import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.js';
import { createPool } from '../pool/create-pool.js';
import { DatabaseFault } from '../pool/database-fault.js';
import { inTransaction } from '../pool/in-transaction.js';
import { rewriteInKeyOrder } from './rewrite-in-key-order.js';

const ROWS = 400;
const TABLE = { table: 'things', key: 'id' };

describe('a table rewritten in key order', () => {
  let database: TestDatabase;
  let pool: ReturnType<typeof createPool>;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, { max: 20 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  /** Rows in a random order, each in a transaction of its own, a third of them written again; with values out of line. */
  beforeEach(async () => {
    await pool.query('DROP TABLE IF EXISTS things');
    await pool.query(
      'CREATE TABLE things (id uuid PRIMARY KEY, body bytea NOT NULL CHECK (length(body) > 0))',
    );
    await pool.query('ALTER TABLE things ALTER COLUMN body SET STORAGE EXTERNAL');
    const insert = `INSERT INTO things
      SELECT gen_random_uuid(), decode(repeat(md5(random()::text), 300), 'hex')`;
    for (let i = 0; i < ROWS; i++) await pool.query(insert);
    await pool.query("UPDATE things SET body = body || '\\x00' WHERE id::text < '5'");
  });

  const rewritten = () => inTransaction(pool, (transaction) => rewriteInKeyOrder(transaction, TABLE));
  const column = async (statement: string): Promise<unknown[]> =>
    (await pool.query<{ value: unknown }>(statement)).rows.map(({ value }) => value);
  const digest = () =>
    column("SELECT md5(string_agg(id || md5(body), ',' ORDER BY id)) AS value FROM things");

  it('holds the same rows in one transaction id and in the order of their keys', async () => {
    const before = await digest();
    const places = () => column('SELECT id AS value FROM things ORDER BY ctid');
    expect((await column('SELECT DISTINCT xmin::text AS value FROM things')).length).toBeGreaterThan(
      ROWS / 2,
    );
    expect(await places()).not.toEqual([...(await places())].sort());
    await rewritten();
    expect(await digest()).toEqual(before);
    expect(await column('SELECT DISTINCT xmin::text AS value FROM things')).toHaveLength(1);
    expect(await column('SELECT DISTINCT pg_column_compression(body) AS value FROM things')).toEqual([null]);
    expect(await places()).toEqual([...(await places())].sort());
  });

  it('is rewritten with the tables that refer to it, and none of them without it', async () => {
    await pool.query(`CREATE TABLE parts (
      thing uuid REFERENCES things ON DELETE CASCADE, name text, PRIMARY KEY (thing, name))`);
    await pool.query("INSERT INTO parts SELECT id, 'part' FROM things ORDER BY random()");
    await expect(rewritten()).rejects.toThrow(DatabaseFault);
    await inTransaction(pool, (transaction) =>
      rewriteInKeyOrder(transaction, TABLE, { table: 'parts', key: 'thing, name' }),
    );
    const things = await column('SELECT thing AS value FROM parts ORDER BY ctid');
    expect(things).toEqual([...(await column('SELECT id AS value FROM things'))].sort());
    await pool.query('DELETE FROM things');
    expect(await column('SELECT count(*)::int AS value FROM parts')).toEqual([0]);
    await pool.query('DROP TABLE parts');
  });

  it('keeps its constraints, its index and how it stores', async () => {
    const shape = () =>
      column(`
        SELECT conname || pg_get_constraintdef(oid) AS value FROM pg_constraint WHERE conrelid = 'things'::regclass
        UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename = 'things'
        UNION ALL SELECT attname || attstorage::text FROM pg_attribute WHERE attrelid = 'things'::regclass ORDER BY 1`);
    const before = await shape();
    await rewritten();
    expect(await shape()).toEqual(before);
  });

  it('is never without a row for those who read and write meanwhile', async () => {
    const ids = await column('SELECT id AS value FROM things');
    let goOn = true;
    let writes = 0;
    const traffic = Array.from({ length: 12 }, async (_, worker) => {
      for (let i = worker; goOn; i += 13) {
        const id = ids[i % ids.length];
        const { rowCount } = await pool.query({
          name: `touch-${worker % 2}`,
          text:
            worker % 2 === 0
              ? 'SELECT body FROM things WHERE id = $1'
              : "UPDATE things SET body = '\\x01' WHERE id = $1",
          values: [id],
        });
        expect(rowCount).toBe(1);
        writes++;
      }
    });
    for (let round = 0; round < 15; round++) await rewritten();
    goOn = false;
    await Promise.all(traffic);
    expect(writes).toBeGreaterThan(100);
    expect(await column('SELECT count(*)::int AS value FROM things')).toEqual([ROWS]);
  });

  it('is left as it is when someone keeps it for too long', async () => {
    const before = await digest();
    const holding = inTransaction(pool, async (transaction) => {
      await transaction.query('SELECT id FROM things LIMIT 1');
      await expect(rewritten()).rejects.toThrow(new DatabaseFault('55P03', ''));
    });
    await holding;
    expect(await digest()).toEqual(before);
  });

  it('is left as it is when the connection is lost in the middle', async () => {
    const before = await digest();
    const cut = inTransaction(pool, async (transaction) => {
      await rewriteInKeyOrder(transaction, TABLE);
      const [pid] = (await transaction.query('SELECT pg_backend_pid() AS pid')).rows as { pid: number }[];
      await pool.query('SELECT pg_terminate_backend($1)', [pid!.pid]);
      await transaction.query('SELECT 1');
    });
    await expect(cut).rejects.toThrow();
    expect(await digest()).toEqual(before);
  });
});
