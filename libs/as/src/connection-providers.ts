import type { Provider } from '@nestjs/common';
import { StoreKeyStore } from '@phoenix/queue';
import { DataSource } from 'typeorm';
import { TypeormAliasStore } from './adapters/typeorm/typeorm-alias-store.js';
import { TypeormConnectionStore } from './adapters/typeorm/typeorm-connection-store.js';
import { TypeormKeyOrderStore } from './adapters/typeorm/typeorm-key-order-store.js';
import { TypeormOfferQueueStore } from './adapters/typeorm/typeorm-offer-queue-store.js';
import { TypeormQueueStoreKeyStore } from './adapters/typeorm/typeorm-queue-store-key-store.js';
import { AliasOfferResolver } from './graphql/alias-offer.resolver.js';
import { AliasResolver } from './graphql/alias.resolver.js';
import { ConnectionResolver } from './graphql/connection.resolver.js';
import { AliasStore } from './ports/alias-store.js';
import { ConnectionStore } from './ports/connection-store.js';
import { KeyOrderStore } from './ports/key-order-store.js';
import { AliasQueueStore, DirectQueueStore } from './ports/offer-queue-store.js';
import { CONNECTION_USE_CASES } from './service/connection-use-cases.js';
import { IdleLimits } from './service/idle-limits.js';
import { QUEUE_KEY_PROVIDERS } from './service/queue-key-providers.js';

/** After how many whole months without a sign of its clients a user is gone. */
const CLIENT_IDLE_MONTHS = 12;

/** Packages, queues of offers and aliases, on the service's database. */
export const CONNECTION_PROVIDERS: readonly Provider[] = [
  onDatabase(ConnectionStore, (dataSource) => new TypeormConnectionStore(dataSource)),
  onDatabase(AliasStore, (dataSource) => new TypeormAliasStore(dataSource)),
  onDatabase(DirectQueueStore, (dataSource) => new TypeormOfferQueueStore(dataSource, 'direct')),
  onDatabase(AliasQueueStore, (dataSource) => new TypeormOfferQueueStore(dataSource, 'alias')),
  onDatabase(KeyOrderStore, (dataSource) => new TypeormKeyOrderStore(dataSource)),
  onDatabase(StoreKeyStore, (dataSource) => new TypeormQueueStoreKeyStore(dataSource)),
  { provide: IdleLimits, useValue: new IdleLimits(CLIENT_IDLE_MONTHS) },
  ...QUEUE_KEY_PROVIDERS,
  ...CONNECTION_USE_CASES,
  ConnectionResolver,
  AliasResolver,
  AliasOfferResolver,
];

function onDatabase<T>(port: abstract new () => T, make: (dataSource: DataSource) => T): Provider {
  return { provide: port, inject: [DataSource], useFactory: make };
}
