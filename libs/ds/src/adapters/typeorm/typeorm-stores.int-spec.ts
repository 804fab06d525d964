import { nodeCrypto } from '@phoenix/crypto';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import type { DataSource } from 'typeorm';
import { NOTICE_LENGTH } from '../../domain/notice.js';
import { NOTICE_SLOTS } from '../../domain/notices.js';
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

  it('keeps a group’s sections aside, and its notices in the row: no value of theirs is younger than the sections', async () => {
    const store = new TypeormGroupStore(dataSource);
    const { random } = nodeCrypto();
    const groupId = random.uuid();
    const sections = { roster: random.bytes(32_768), tree: random.bytes(163_840), pending: undefined };
    const notices = { noticeKey: random.bytes(32), notices: random.bytes(NOTICE_SLOTS * NOTICE_LENGTH) };
    const row = { groupId, ...sections, lastActiveMonth: 676, generation: random.bytes(16), ...notices };
    const aside = async (): Promise<number> => {
      const [answer] = await dataSource.query<{ bytes: string }[]>(
        `SELECT pg_relation_size(reltoastrelid) AS bytes FROM pg_class WHERE oid = 'groups'::regclass`,
      );
      return Number(answer!.bytes);
    };
    await store.insert(row);
    const before = await aside();
    expect(before).toBeGreaterThan(32_768 + 163_840);
    for (let i = 0; i < 40; i++)
      await store.fileNotices(groupId, [{ index: i % NOTICE_SLOTS, sealed: random.bytes(NOTICE_LENGTH) }]);
    expect(await aside()).toBe(before);
  });

  it('holds tables that fit the entities: TypeORM would change nothing', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
