import { openDataSource, type ServiceDatabase } from '@phoenix/postgres';
import type { DataSource } from 'typeorm';
import { GroupEntity } from './entities/group.entity.js';
import { ServiceKeyEntity } from './entities/service-key.entity.js';
import { UpkeepEntity } from './entities/upkeep.entity.js';
import { Groups1760000000001 } from './migrations/1-groups.js';

/** Each message and each commit in flight holds one, while the QS takes what it sends. */
const CONNECTIONS = 20;

const SCHEMA: Pick<ServiceDatabase, 'name' | 'entities' | 'migrations'> = {
  name: 'ds',
  entities: [GroupEntity, ServiceKeyEntity, UpkeepEntity],
  migrations: [Groups1760000000001],
};

/** Connects to the DS's database and brings its schema up to date. */
export function openDsDatabase(url: string, connections = CONNECTIONS): Promise<DataSource> {
  return openDataSource({ ...SCHEMA, url, connections });
}
