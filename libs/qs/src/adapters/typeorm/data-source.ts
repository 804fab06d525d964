import { advisoryKey } from '@phoenix/postgres';
import { utf8 } from '@phoenix/wire';
import { DataSource } from 'typeorm';
import { ClientRecordEntity } from './entities/client-record.entity.js';
import { ServiceKeyEntity } from './entities/service-key.entity.js';
import { UserRecordEntity } from './entities/user-record.entity.js';
import { Queues1760000000001 } from './migrations/1-queues.js';

const CONNECTIONS = 10;

/** The lock under which one process at a time migrates. */
const MIGRATION = advisoryKey('migration', utf8('qs')).toString();

/** Connects to the QS's database and brings its schema up to date; of several processes one migrates, the others wait. */
export async function openDataSource(url: string, connections = CONNECTIONS): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities: [UserRecordEntity, ClientRecordEntity, ServiceKeyEntity],
    migrations: [Queues1760000000001],
    logging: false,
    // Pipelined, a transaction's BEGIN and COMMIT travel with its statements.
    extra: { max: connections, pipeline: true },
  });
  await dataSource.initialize();
  try {
    await migrate(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION]);
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION]);
    await runner.release();
  }
}
