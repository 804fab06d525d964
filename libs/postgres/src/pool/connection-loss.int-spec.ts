import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.js';
import { isConnectionLoss } from './connection-loss.js';
import { createPool } from './create-pool.js';
import { inTransaction } from './in-transaction.js';
import { Statement } from './statement.js';

const ONE = new Statement<readonly [number]>('connection_loss_one', 'SELECT 1');
const END_OWN_SESSION = 'SELECT pg_terminate_backend(pg_backend_pid())';

const thrownBy = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the loss of a connection', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is told from a refused statement, by node-pg and in a transaction', async () => {
    const pool = createPool(database.url, { max: 1 });
    const end = new Statement('connection_loss_end', END_OWN_SESSION);
    expect(isConnectionLoss(await thrownBy(() => end.run(pool)))).toBe(true);
    const lost = await thrownBy(() =>
      inTransaction(pool, async (transaction) => {
        await end.run(transaction);
      }),
    );
    expect(isConnectionLoss(lost)).toBe(true);
    const refused = new Statement('connection_loss_refused', 'SELECT 1 / 0');
    expect(isConnectionLoss(await thrownBy(() => refused.run(pool)))).toBe(false);
    expect(await ONE.run(pool)).toEqual([[1]]);
    await pool.end();
  });

  it.each(['postgres://phoenix@127.0.0.1:1/postgres', 'postgres://phoenix@localhost/postgres?host=/nowhere'])(
    'is a server that is not there (%s)',
    async (url) => {
      const pool = createPool(url, { max: 1 });
      expect(isConnectionLoss(await thrownBy(() => ONE.run(pool)))).toBe(true);
      await pool.end();
    },
  );

  it('is having waited for a connection in vain', async () => {
    const pool = createPool(database.url, { max: 1, connectLimitMs: 50 });
    const held = await pool.connect();
    expect(isConnectionLoss(await thrownBy(() => ONE.run(pool)))).toBe(true);
    held.release();
    await pool.end();
  });
});
