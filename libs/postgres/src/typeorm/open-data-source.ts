import { DataSource, type EntityTarget, type MigrationInterface } from 'typeorm';
import { advisoryKey } from '../bulk/advisory-lock.js';
import { CONNECT_LIMIT_MS } from '../pool/create-pool.js';
import type { inTransaction } from '../pool/in-transaction.js';

/** What a service keeps in its database, and how it reaches it. */
export interface ServiceDatabase {
  /** The service; names the lock under which it migrates. */
  readonly name: string;
  readonly url: string;
  readonly entities: readonly EntityTarget<object>[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** At the most; two at the least, since a migration takes one beside its lock's. */
  readonly connections: number;
}

/** Connects to a service's database and brings its schema up to date; of several processes one migrates, the others wait. */
export async function openDataSource(database: ServiceDatabase): Promise<DataSource> {
  const { name, url, entities, migrations, connections } = database;
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities: entities as (new () => object)[],
    migrations: migrations as (new () => MigrationInterface)[],
    logging: false,
    // Pipelined, a transaction's BEGIN and COMMIT travel with its statements.
    extra: { max: connections, pipeline: true, connectionTimeoutMillis: CONNECT_LIMIT_MS },
  });
  await dataSource.initialize();
  try {
    await migrate(dataSource, advisoryKey('migration', Buffer.from(name)).toString());
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

async function migrate(dataSource: DataSource, lock: string): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.query('SELECT pg_advisory_lock($1)', [lock]);
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [lock]);
    await runner.release();
  }
}

/** A pool of node-pg's. */
export type ConnectionPool = Parameters<typeof inTransaction>[0];

/** The pool beneath a DataSource, for statements that an ORM is too slow for. */
export function poolOf(dataSource: DataSource): ConnectionPool {
  return (dataSource.driver as unknown as { master: ConnectionPool }).master;
}
