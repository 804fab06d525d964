import { createPool } from '@phoenix/postgres';
import { createTestDatabase } from '@phoenix/postgres/testing';
import { DatabaseProbe } from './database-probe.js';

const END_OTHERS =
  'SELECT pg_terminate_backend(pid) FROM pg_stat_activity ' +
  'WHERE datname = current_database() AND pid <> pg_backend_pid()';

describe('the probe of a database', () => {
  it('says that it is there, also after its connection was lost', async () => {
    const database = await createTestDatabase();
    const probe = new DatabaseProbe(database.url);
    expect(await Promise.all([probe.answers(), probe.answers()])).toEqual([true, true]);
    const pool = createPool(database.url, { max: 1 });
    await pool.query(END_OTHERS);
    await pool.end();
    // The first to ask may meet the connection before its end is noticed.
    await probe.answers();
    expect(await probe.answers()).toBe(true);
    await probe.close();
    await database.drop();
  });

  it('says that it is away', async () => {
    const probe = new DatabaseProbe('postgres://phoenix@127.0.0.1:1/postgres');
    expect(await probe.answers()).toBe(false);
    await probe.close();
  });
});
