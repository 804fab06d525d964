import { DataSource } from 'typeorm';
import { ClientEntity } from './entities/client.entity.js';
import { IssuerEntity } from './entities/issuer.entity.js';
import { TicketKeyEntity } from './entities/ticket-key.entity.js';
import { UserEntity } from './entities/user.entity.js';
import { Registration1760000000001 } from './migrations/1-registration.js';

/** Names the lock under which one process at a time migrates: "phoenixA" in ASCII. */
const MIGRATION_LOCK = '8099846411260622913';

/** Connects to the AS's database and brings its schema up to date; of several processes one migrates, the others wait. */
export async function openDataSource(url: string): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities: [IssuerEntity, TicketKeyEntity, UserEntity, ClientEntity],
    migrations: [Registration1760000000001],
    logging: false,
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
  await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}
