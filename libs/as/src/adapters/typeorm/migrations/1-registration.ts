import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Issuers, users and clients. No column says when a row was made, and no sequence says in which order. */
export class Registration1760000000001 implements MigrationInterface {
  readonly name = 'Registration1760000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE issuers (
        fingerprint bytea PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('root', 'intermediate')),
        credential bytea NOT NULL,
        wrapped_key bytea NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE ticket_keys (
        singleton boolean PRIMARY KEY CHECK (singleton),
        wrapped_key bytea NOT NULL
      )`);
    await runner.query('CREATE TABLE users (id uuid PRIMARY KEY)');
    await runner.query(`
      CREATE TABLE clients (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        client_id uuid NOT NULL,
        credential bytea NOT NULL,
        PRIMARY KEY (user_id, client_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE clients, users, ticket_keys, issuers');
  }
}
