import { openDataSource, type ServiceDatabase } from '@phoenix/postgres';
import type { DataSource } from 'typeorm';
import { ClientRecordEntity } from './entities/client-record.entity.js';
import { ServiceKeyEntity } from './entities/service-key.entity.js';
import { UserRecordEntity } from './entities/user-record.entity.js';
import { Queues1760000000001 } from './migrations/1-queues.js';

const CONNECTIONS = 10;

const SCHEMA: Pick<ServiceDatabase, 'name' | 'entities' | 'migrations'> = {
  name: 'qs',
  entities: [UserRecordEntity, ClientRecordEntity, ServiceKeyEntity],
  migrations: [Queues1760000000001],
};

/** Connects to the QS's database and brings its schema up to date. */
export function openQsDatabase(url: string, connections = CONNECTIONS): Promise<DataSource> {
  return openDataSource({ ...SCHEMA, url, connections });
}
