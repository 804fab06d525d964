import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Passwords, profiles, invitations, and what rotation and revocation have to remember. Months are numbers since January
 * 1970. A user from before passwords has an empty record, under which nobody proves anything.
 */
export class Accounts1760000000003 implements MigrationInterface {
  readonly name = 'Accounts1760000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN opaque_record bytea NOT NULL DEFAULT '',
        ADD COLUMN profile_key_id bytea,
        ADD COLUMN profile bytea,
        ADD COLUMN former_profile_key_id bytea,
        ADD COLUMN former_profile bytea`);
    await runner.query('ALTER TABLE users ALTER COLUMN opaque_record DROP DEFAULT');
    await runner.query(`
      CREATE TABLE issued_credentials (
        user_id uuid NOT NULL,
        client_id uuid NOT NULL,
        fingerprint bytea NOT NULL,
        last_month integer NOT NULL,
        PRIMARY KEY (user_id, client_id, fingerprint),
        FOREIGN KEY (user_id, client_id) REFERENCES clients (user_id, client_id) ON DELETE CASCADE
      )`);
    // The planner keeps samples of columns: what was deleted would live on among them.
    for (const column of SAMPLED) await runner.query(`ALTER TABLE ${column} SET STATISTICS 0`);
    await runner.query(`
      CREATE TABLE revoked_credentials (fingerprint bytea PRIMARY KEY, last_month integer NOT NULL)`);
    await runner.query(`
      CREATE TABLE deleted_users (id_hash bytea PRIMARY KEY, month integer NOT NULL)`);
    await runner.query('CREATE TABLE invitations (code_hash bytea PRIMARY KEY)');
    await runner.query(`
      CREATE TABLE opaque_setups (
        singleton boolean PRIMARY KEY CHECK (singleton),
        wrapped_setup bytea NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE opaque_setups, invitations, deleted_users, revoked_credentials, issued_credentials',
    );
    await runner.query(`
      ALTER TABLE users DROP COLUMN opaque_record, DROP COLUMN profile_key_id, DROP COLUMN profile,
        DROP COLUMN former_profile_key_id, DROP COLUMN former_profile`);
  }
}

const SAMPLED = [
  ...['id', 'opaque_record', 'profile_key_id', 'profile', 'former_profile_key_id', 'former_profile'].map(
    (column) => `users ALTER COLUMN ${column}`,
  ),
  ...['user_id', 'client_id', 'credential'].map((column) => `clients ALTER COLUMN ${column}`),
  ...['user_id', 'client_id', 'fingerprint'].map((column) => `issued_credentials ALTER COLUMN ${column}`),
];
