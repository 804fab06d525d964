import { nodeCrypto } from '@phoenix/crypto';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import type { DataSource } from 'typeorm';
import { authorityStoreConformance } from '../../testing/authority-store.conformance.js';
import { registrationStoreConformance } from '../../testing/registration-store.conformance.js';
import { openAsDatabase } from './data-source.js';
import { TypeormAuthorityStore } from './typeorm-authority-store.js';
import { TypeormRegistrationStore } from './typeorm-registration-store.js';

describe('the AS on Postgres', () => {
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

  describe('its authority store', () => {
    authorityStoreConformance(async () => {
      await dataSource.query('TRUNCATE issuers, ticket_keys');
      return new TypeormAuthorityStore(dataSource, nodeCrypto());
    });
  });

  describe('its registration store', () => {
    registrationStoreConformance(async () => new TypeormRegistrationStore(dataSource));
  });

  it('is migrated once when several processes open a fresh database at the same time', async () => {
    const fresh = await createTestDatabase();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openAsDatabase(fresh.url)));
    expect(await opened[0]!.query('SELECT count(*)::int AS n FROM migrations')).toEqual([{ n: 1 }]);
    await Promise.all(opened.map((each) => each.destroy()));
    await fresh.drop();
  });

  it('has no column for a time, a sequence or anything else than what the service must know', async () => {
    const columns: { name: string; type: string; fallback: string | null }[] = await dataSource.query(`
      SELECT table_name || '.' || column_name AS name, data_type AS type, column_default AS fallback
      FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name <> 'migrations' ORDER BY 1`);
    expect(columns).toEqual([
      { name: 'clients.client_id', type: 'uuid', fallback: null },
      { name: 'clients.credential', type: 'bytea', fallback: null },
      { name: 'clients.user_id', type: 'uuid', fallback: null },
      { name: 'issuers.credential', type: 'bytea', fallback: null },
      { name: 'issuers.fingerprint', type: 'bytea', fallback: null },
      { name: 'issuers.kind', type: 'text', fallback: null },
      { name: 'issuers.wrapped_key', type: 'bytea', fallback: null },
      { name: 'ticket_keys.singleton', type: 'boolean', fallback: null },
      { name: 'ticket_keys.wrapped_key', type: 'bytea', fallback: null },
      { name: 'users.id', type: 'uuid', fallback: null },
    ]);
  });
});
