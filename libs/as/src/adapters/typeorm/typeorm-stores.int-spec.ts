import { nodeCrypto } from '@phoenix/crypto';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import type { DataSource } from 'typeorm';
import { accountStoreConformance } from '../../testing/account-store.conformance.js';
import { authorityStoreConformance } from '../../testing/authority-store.conformance.js';
import { profileStoreConformance } from '../../testing/profile-store.conformance.js';
import { registrationStoreConformance } from '../../testing/registration-store.conformance.js';
import { openAsDatabase } from './data-source.js';
import { TypeormAccountStore } from './typeorm-account-store.js';
import { TypeormAuthorityStore } from './typeorm-authority-store.js';
import { TypeormProfileStore } from './typeorm-profile-store.js';
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

  const empty = () =>
    dataSource.query('TRUNCATE users, revoked_credentials, deleted_users, invitations CASCADE');

  describe('its authority store', () => {
    authorityStoreConformance(async () => {
      await dataSource.query('TRUNCATE issuers, ticket_keys, opaque_setups');
      return new TypeormAuthorityStore(dataSource, nodeCrypto());
    });
  });

  describe('its registration store', () => {
    registrationStoreConformance(async () => {
      await empty();
      return new TypeormRegistrationStore(dataSource);
    });
  });

  describe('its account store', () => {
    accountStoreConformance(async () => {
      await empty();
      const registration = new TypeormRegistrationStore(dataSource);
      return { accounts: new TypeormAccountStore(dataSource), registration };
    });
  });

  describe('its profile store', () => {
    profileStoreConformance(async () => {
      const registration = new TypeormRegistrationStore(dataSource);
      return { profiles: new TypeormProfileStore(dataSource), registration };
    });
  });

  it('is migrated once when several processes open a fresh database at the same time', async () => {
    const fresh = await createTestDatabase();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openAsDatabase(fresh.url)));
    expect(await opened[0]!.query('SELECT count(*)::int AS n FROM migrations')).toEqual([{ n: 3 }]);
    await Promise.all(opened.map((each) => each.destroy()));
    await fresh.drop();
  });

  it('has no column for a time or a sequence', async () => {
    const odd: unknown[] = await dataSource.query(`
      SELECT table_name, column_name, data_type, column_default FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name <> 'migrations'
        AND (data_type NOT IN ('uuid', 'bytea', 'text', 'boolean', 'integer', 'bigint', 'smallint')
          OR column_default NOT IN ('true') OR is_identity = 'YES')`);
    expect(odd).toEqual([]);
  });

  it('has no column for accounts but what the service must know', async () => {
    const tables: { name: string; columns: string }[] = await dataSource.query(`
      SELECT table_name AS name, string_agg(column_name, ' ' ORDER BY column_name) AS columns
      FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name NOT IN ('migrations', 'queue_store_key')
        AND table_name !~ '^(connection|direct|alias)'
      GROUP BY 1 ORDER BY 1`);
    expect(tables.map(({ name, columns }) => `${name}: ${columns}`)).toEqual([
      'clients: active_month client_id credential user_id',
      'deleted_users: id_hash month',
      'invitations: code_hash',
      'issued_credentials: client_id fingerprint last_month user_id',
      'issuers: credential fingerprint kind wrapped_key',
      'opaque_setups: singleton wrapped_setup',
      'revoked_credentials: fingerprint last_month',
      'ticket_keys: singleton wrapped_key',
      'upkeep: month task',
      'users: former_profile former_profile_key_id id opaque_record profile profile_key_id',
    ]);
  });
});
