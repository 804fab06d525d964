import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import type { DataSource } from 'typeorm';
import { connectionsConformance } from '../../testing/connections-conformance.js';
import { type ConnectionStores, typeormConnectionStores } from '../../testing/connection-stores.js';
import { addClient, aPublication, MONTH, publish } from '../../testing/sample-connections.js';
import { openAsDatabase } from './data-source.js';

describe('an AS on Postgres', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await openAsDatabase(database.url);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const fresh = async (): Promise<ConnectionStores> => {
    await dataSource.query('TRUNCATE users, aliases, revoked_credentials, queue_store_key, upkeep CASCADE');
    return typeormConnectionStores(dataSource);
  };
  connectionsConformance(fresh);

  it('deletes a user’s packages, queue and offers with the user', async () => {
    const stores = await fresh();
    await stores.storeKeys.initialise(1);
    const client = await addClient(stores);
    await publish(stores, aPublication(client));
    await stores.accounts.deleteUser(client.user.uuid, MONTH);
    for (const table of ['connection_packages', 'direct_queues', 'direct_offers']) {
      expect(await dataSource.query(`SELECT count(*)::int AS n FROM ${table}`)).toEqual([{ n: 0 }]);
    }
  });

  it('rewrites every table that has a row for each of something', async () => {
    const stores = await fresh();
    const rewritten = async (run: () => Promise<unknown>): Promise<string[]> => {
      const files = 'SELECT relname AS name, relfilenode AS file FROM pg_class WHERE relkind = $$r$$';
      const before: { name: string; file: number }[] = await dataSource.query(files);
      await run();
      const after: { name: string; file: number }[] = await dataSource.query(files);
      const was = new Map(before.map(({ name, file }) => [name, file]));
      return after.filter(({ name, file }) => was.get(name) !== file).map(({ name }) => name);
    };
    const tables: { name: string }[] = await dataSource.query(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`,
    );
    const done = [
      ...(await rewritten(() => stores.keyOrder.rewriteAliases())),
      ...(await rewritten(() => stores.keyOrder.rewriteUsers(MONTH))),
    ];
    const few = ['migrations', 'issuers', 'ticket_keys', 'opaque_setups', 'queue_store_key', 'upkeep'];
    expect(done.sort()).toEqual(
      tables
        .map(({ name }) => name)
        .filter((name) => !few.includes(name))
        .sort(),
    );
  });

  it('ties aliases to nothing: no column of theirs is in a table of users, and no key leads across', async () => {
    const keys: { from: string; to: string }[] = await dataSource.query(`
      SELECT conrelid::regclass::text AS "from", confrelid::regclass::text AS "to"
        FROM pg_constraint WHERE contype = 'f'`);
    const ofAliases = (table: string): boolean => table.startsWith('alias');
    expect(keys.filter(({ from, to }) => ofAliases(from) !== ofAliases(to))).toEqual([]);
    const columns: { table: string; columns: string }[] = await dataSource.query(`
      SELECT table_name AS "table", string_agg(column_name, ' ' ORDER BY column_name) AS columns
        FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name ~ '^(connection|direct|alias|queue)'
       GROUP BY 1 ORDER BY 1`);
    const head = 'bytes encryption_key entries gap_told next_seq queue_id secret since_update store_key';
    const packages = 'hash last_month last_resort package';
    expect(columns.map(({ table, columns: names }) => `${table}: ${names}`)).toEqual([
      'alias_offers: body kind month queue_id seq',
      `alias_packages: alias ${packages}`,
      `alias_queues: alias ${head} update_due`,
      'aliases: alias auth_key last_month',
      `connection_packages: client_id ${packages} user_id`,
      'direct_offers: body kind month queue_id seq',
      `direct_queues: ${head} update_due user_id`,
      'queue_store_key: id single',
    ]);
  });

  it('keeps no sample of aliases for the planner: a released name would live on in it', async () => {
    const sampled: unknown[] = await dataSource.query(
      `SELECT attrelid::regclass::text FROM pg_attribute
        WHERE attname = 'alias' AND attnum > 0 AND attstattarget IS DISTINCT FROM 0
          AND attrelid IN ('aliases'::regclass, 'alias_packages'::regclass, 'alias_queues'::regclass)`,
    );
    expect(sampled).toEqual([]);
  });
});
