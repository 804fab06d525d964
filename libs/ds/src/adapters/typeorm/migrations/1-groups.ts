import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Groups, and the DS's own keys. No column says when a row was made or changed, but for the month of activity. */
export class Groups1760000000001 implements MigrationInterface {
  readonly name = 'Groups1760000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE groups (
        group_id uuid PRIMARY KEY,
        roster bytea NOT NULL,
        tree bytea NOT NULL,
        last_active_month int NOT NULL,
        pending bytea,
        generation bytea NOT NULL CHECK (octet_length(generation) = 16),
        notice_key bytea NOT NULL CHECK (octet_length(notice_key) = 32),
        notices bytea NOT NULL CHECK (octet_length(notices) = 2704)
      )`);
    // Ciphertext does not compress; trying to would cost each write.
    await runner.query(`
      ALTER TABLE groups
        ALTER COLUMN roster SET STORAGE EXTERNAL,
        ALTER COLUMN tree SET STORAGE EXTERNAL,
        ALTER COLUMN pending SET STORAGE EXTERNAL`);
    // In the row itself, which is written anew whenever a fan-out is cleared: kept aside, a value younger than the sections'
    // would show that a notice was filed since the last commit.
    await runner.query(`
      ALTER TABLE groups
        ALTER COLUMN notice_key SET STORAGE PLAIN,
        ALTER COLUMN notices SET STORAGE PLAIN`);
    await runner.query(`
      CREATE TABLE service_keys (
        name text PRIMARY KEY,
        wrapped bytea NOT NULL,
        public_key bytea
      )`);
    // The month for which a task was done last: every process and every start asks.
    await runner.query('CREATE TABLE upkeep (task text PRIMARY KEY, month int NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE upkeep, service_keys, groups');
  }
}
