import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import type { DataSource } from 'typeorm';
import { groupStoreConformance } from '../../testing/group-store.conformance.js';
import { serviceKeyStoreConformance } from '../../testing/service-key-store.conformance.js';
import { openDsDatabase } from './data-source.js';
import { TypeormGroupStore } from './typeorm-group-store.js';
import { TypeormServiceKeyStore } from './typeorm-service-key-store.js';

describe('the DS on Postgres', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await openDsDatabase(database.url);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  describe('its group store', () => groupStoreConformance(async () => new TypeormGroupStore(dataSource)));

  describe('its service key store', () => {
    serviceKeyStoreConformance(async () => {
      await dataSource.query('TRUNCATE service_keys');
      return new TypeormServiceKeyStore(dataSource);
    });
  });

  it('is migrated once when several processes open a fresh database at the same time', async () => {
    const fresh = await createTestDatabase();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDsDatabase(fresh.url)));
    expect(await opened[0]!.query('SELECT count(*)::int AS n FROM migrations')).toEqual([{ n: 1 }]);
    await Promise.all(opened.map((each) => each.destroy()));
    await fresh.drop();
  });

  it('has no column for a time, a sequence, a count or anything else than what the service must know', async () => {
    const columns: { name: string; type: string; fallback: string | null }[] = await dataSource.query(`
      SELECT table_name || '.' || column_name AS name, data_type AS type, column_default AS fallback
      FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name <> 'migrations' ORDER BY 1`);
    expect(columns).toEqual([
      { name: 'groups.generation', type: 'bytea', fallback: null },
      { name: 'groups.group_id', type: 'uuid', fallback: null },
      { name: 'groups.last_active_month', type: 'integer', fallback: null },
      { name: 'groups.notice_key', type: 'bytea', fallback: null },
      { name: 'groups.notices', type: 'bytea', fallback: null },
      { name: 'groups.pending', type: 'bytea', fallback: null },
      { name: 'groups.roster', type: 'bytea', fallback: null },
      { name: 'groups.tree', type: 'bytea', fallback: null },
      { name: 'service_keys.name', type: 'text', fallback: null },
      { name: 'service_keys.public_key', type: 'bytea', fallback: null },
      { name: 'service_keys.wrapped', type: 'bytea', fallback: null },
      { name: 'upkeep.month', type: 'integer', fallback: null },
      { name: 'upkeep.task', type: 'text', fallback: null },
    ]);
  });

  it('holds tables that fit the entities: TypeORM would change nothing', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
