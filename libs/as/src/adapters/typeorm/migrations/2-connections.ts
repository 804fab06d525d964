import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Connection packages, queues of offers, aliases. Aliases have no column, key or order in common with users; months are the
 * only time there is (docs/adr/0011).
 */
export class Connections1760000000002 implements MigrationInterface {
  readonly name = 'Connections1760000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE queue_store_key (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        id int4 NOT NULL
      )`);
    // The month for which a task was done last: every process and every start asks.
    await runner.query('CREATE TABLE upkeep (task text PRIMARY KEY, month int4 NOT NULL)');
    await createOfUsers(runner);
    await createOfAliases(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE alias_offers, alias_queues, alias_packages, aliases, direct_offers, direct_queues, connection_packages,
         upkeep, queue_store_key`,
    );
    await runner.query('ALTER TABLE clients DROP COLUMN active_month');
  }
}

/** Of a client that was registered and not seen since, the month of its last visit is null. */
async function createOfUsers(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE clients ADD COLUMN active_month int4');
  await runner.query(`
    CREATE TABLE connection_packages (
      user_id uuid NOT NULL,
      client_id uuid NOT NULL,
      ${PACKAGE_COLUMNS},
      PRIMARY KEY (user_id, client_id, hash),
      FOREIGN KEY (user_id, client_id) REFERENCES clients ON DELETE CASCADE
    )`);
  await runner.query(`
    CREATE TABLE direct_queues (
      ${HEAD_COLUMNS},
      user_id uuid NOT NULL,
      FOREIGN KEY (user_id, queue_id) REFERENCES clients (user_id, client_id) ON DELETE CASCADE
    )`);
  await createOffers(runner, 'direct');
}

/** The planner keeps samples of columns: a name that was released would live on among them. */
async function createOfAliases(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE aliases (
      alias text COLLATE "C" PRIMARY KEY,
      auth_key bytea NOT NULL,
      last_month int4 NOT NULL
    )`);
  await runner.query(`
    CREATE TABLE alias_packages (
      alias text COLLATE "C" NOT NULL REFERENCES aliases ON DELETE CASCADE,
      ${PACKAGE_COLUMNS},
      PRIMARY KEY (alias, hash)
    )`);
  await runner.query(`
    CREATE TABLE alias_queues (
      ${HEAD_COLUMNS},
      alias text COLLATE "C" NOT NULL UNIQUE REFERENCES aliases ON DELETE CASCADE
    )`);
  for (const table of ['aliases', 'alias_packages', 'alias_queues']) {
    await runner.query(`ALTER TABLE ${table} ALTER COLUMN alias SET STATISTICS 0`);
  }
  await createOffers(runner, 'alias');
}

const PACKAGE_COLUMNS = `
      hash bytea NOT NULL,
      last_resort boolean NOT NULL,
      last_month int4 NOT NULL,
      package bytea NOT NULL`;

const HEAD_COLUMNS = `
      queue_id uuid PRIMARY KEY,
      next_seq int8 NOT NULL,
      secret bytea NOT NULL,
      store_key int4 NOT NULL,
      encryption_key bytea NOT NULL,
      entries int4 NOT NULL,
      bytes int4 NOT NULL,
      since_update int4 NOT NULL,
      update_due boolean NOT NULL,
      gap_told boolean NOT NULL`;

async function createOffers(runner: QueryRunner, kind: 'direct' | 'alias'): Promise<void> {
  await runner.query(`
    CREATE TABLE ${kind}_offers (
      queue_id uuid NOT NULL REFERENCES ${kind}_queues ON DELETE CASCADE,
      seq int8 NOT NULL,
      kind int2 NOT NULL,
      month int4 NOT NULL,
      body bytea NOT NULL,
      PRIMARY KEY (queue_id, seq)
    )`);
  await runner.query(`ALTER TABLE ${kind}_offers ALTER COLUMN body SET STORAGE EXTERNAL`);
}
