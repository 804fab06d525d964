import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Records, queues and packages. Months are the only time there is, no sequence tells in which order rows were made, and
 * ids are the clients' own random ones.
 */
export class Queues1760000000001 implements MigrationInterface {
  readonly name = 'Queues1760000000001';

  async up(runner: QueryRunner): Promise<void> {
    await createKeys(runner);
    await createRecords(runner);
    await createQueues(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE fan_out_receipts, queue_entries, queue_heads, add_packages, former_client_keys, client_records,
         user_records, store_key, service_keys`,
    );
  }
}

async function createKeys(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE service_keys (
      name text PRIMARY KEY,
      public_key bytea NOT NULL,
      wrapped_key bytea NOT NULL
    )`);
  await runner.query(`
    CREATE TABLE store_key (
      single boolean PRIMARY KEY DEFAULT true CHECK (single),
      id int4 NOT NULL
    )`);
}

async function createRecords(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE user_records (
      user_id uuid PRIMARY KEY,
      user_key bytea NOT NULL,
      friendship_hash bytea NOT NULL UNIQUE
    )`);
  await runner.query(`
    CREATE TABLE client_records (
      client_id uuid PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES user_records ON DELETE CASCADE,
      client_key bytea NOT NULL,
      active_month int4 NOT NULL
    )`);
  await runner.query('CREATE INDEX client_records_user ON client_records (user_id)');
  await runner.query(`
    CREATE TABLE former_client_keys (
      client_id uuid NOT NULL REFERENCES client_records ON DELETE CASCADE,
      client_key bytea NOT NULL,
      PRIMARY KEY (client_id, client_key)
    )`);
  await runner.query(`
    CREATE TABLE add_packages (
      client_id uuid NOT NULL REFERENCES client_records ON DELETE CASCADE,
      ref bytea NOT NULL,
      last_resort boolean NOT NULL,
      package bytea NOT NULL,
      PRIMARY KEY (client_id, ref)
    )`);
}

/** Heads are rewritten with every entry: room on the page keeps that off the index. Bodies are ciphertext: nothing to compress. */
async function createQueues(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE queue_heads (
      client_id uuid PRIMARY KEY REFERENCES client_records ON DELETE CASCADE,
      next_seq int8 NOT NULL,
      secret bytea NOT NULL,
      store_key int4 NOT NULL,
      encryption_key bytea NOT NULL,
      entries int4 NOT NULL,
      bytes int4 NOT NULL,
      since_update int4 NOT NULL,
      update_due boolean NOT NULL,
      gap_told boolean NOT NULL
    ) WITH (fillfactor = 70)`);
  await runner.query(`
    CREATE TABLE queue_entries (
      client_id uuid NOT NULL,
      seq int8 NOT NULL,
      kind int2 NOT NULL,
      month int4 NOT NULL,
      body bytea NOT NULL,
      PRIMARY KEY (client_id, seq)
    )`);
  await runner.query('ALTER TABLE queue_entries ALTER COLUMN body SET STORAGE EXTERNAL');
  await runner.query(`
    CREATE TABLE fan_out_receipts (
      receipt bytea PRIMARY KEY,
      month int4 NOT NULL
    )`);
}
