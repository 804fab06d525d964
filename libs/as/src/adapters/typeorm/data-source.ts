import { openDataSource, type ServiceDatabase } from '@phoenix/postgres';
import type { DataSource } from 'typeorm';
import { IssuerEntity } from './entities/issuer.entity.js';
import { TicketKeyEntity } from './entities/ticket-key.entity.js';
import { Registration1760000000001 } from './migrations/1-registration.js';
import { Connections1760000000002 } from './migrations/2-connections.js';
import { Accounts1760000000003 } from './migrations/3-accounts.js';

const CONNECTIONS = 10;

const SCHEMA: Pick<ServiceDatabase, 'name' | 'entities' | 'migrations'> = {
  name: 'as',
  entities: [IssuerEntity, TicketKeyEntity],
  migrations: [Registration1760000000001, Connections1760000000002, Accounts1760000000003],
};

/** Connects to the AS's database and brings its schema up to date. */
export function openAsDatabase(url: string, connections = CONNECTIONS): Promise<DataSource> {
  return openDataSource({ ...SCHEMA, url, connections });
}
