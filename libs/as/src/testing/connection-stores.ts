import type { Random } from '@phoenix/crypto';
import type { StoreKeyStore } from '@phoenix/queue';
import type { DataSource } from 'typeorm';
import { MemoryAccountStore } from '../adapters/memory/memory-account-store.js';
import { MemoryAccounts } from '../adapters/memory/memory-accounts.js';
import { MemoryAliasStore } from '../adapters/memory/memory-alias-store.js';
import { MemoryConnectionStore } from '../adapters/memory/memory-connection-store.js';
import { MemoryKeyOrderStore } from '../adapters/memory/memory-key-order-store.js';
import { MemoryOfferQueues, MemoryQueueStoreKey } from '../adapters/memory/memory-offer-queues.js';
import { MemoryQueueStoreKeyStore } from '../adapters/memory/memory-queue-store-key-store.js';
import { MemoryRegistrationStore } from '../adapters/memory/memory-registration-store.js';
import { TypeormAccountStore } from '../adapters/typeorm/typeorm-account-store.js';
import { TypeormAliasStore } from '../adapters/typeorm/typeorm-alias-store.js';
import { TypeormConnectionStore } from '../adapters/typeorm/typeorm-connection-store.js';
import { TypeormKeyOrderStore } from '../adapters/typeorm/typeorm-key-order-store.js';
import { TypeormOfferQueueStore } from '../adapters/typeorm/typeorm-offer-queue-store.js';
import { TypeormQueueStoreKeyStore } from '../adapters/typeorm/typeorm-queue-store-key-store.js';
import { TypeormRegistrationStore } from '../adapters/typeorm/typeorm-registration-store.js';
import type { AccountStore } from '../ports/account-store.js';
import type { AliasStore } from '../ports/alias-store.js';
import type { ConnectionStore } from '../ports/connection-store.js';
import type { KeyOrderStore } from '../ports/key-order-store.js';
import type { AliasQueueStore, DirectQueueStore } from '../ports/offer-queue-store.js';
import type { RegistrationStore } from '../ports/registration-store.js';

/** The stores of one AS by which users are connected, with those of its accounts, over one database. */
export interface ConnectionStores {
  readonly registration: RegistrationStore;
  readonly accounts: AccountStore;
  readonly connections: ConnectionStore;
  readonly aliases: AliasStore;
  readonly directQueues: DirectQueueStore;
  readonly aliasQueues: AliasQueueStore;
  readonly storeKeys: StoreKeyStore;
  readonly keyOrder: KeyOrderStore;
}

/** Fresh and empty, in memory. */
export function memoryConnectionStores(random: Random): ConnectionStores {
  const accounts = new MemoryAccounts();
  const storeKey = new MemoryQueueStoreKey();
  const directQueues = new MemoryOfferQueues(storeKey);
  const aliasQueues = new MemoryOfferQueues(storeKey);
  return {
    registration: new MemoryRegistrationStore(accounts),
    accounts: new MemoryAccountStore(accounts),
    connections: new MemoryConnectionStore(accounts, directQueues, random),
    aliases: new MemoryAliasStore(aliasQueues, random),
    directQueues,
    aliasQueues,
    storeKeys: new MemoryQueueStoreKeyStore(storeKey, [directQueues, aliasQueues]),
    keyOrder: new MemoryKeyOrderStore(),
  };
}

export function typeormConnectionStores(dataSource: DataSource): ConnectionStores {
  return {
    registration: new TypeormRegistrationStore(dataSource),
    accounts: new TypeormAccountStore(dataSource),
    connections: new TypeormConnectionStore(dataSource),
    aliases: new TypeormAliasStore(dataSource),
    directQueues: new TypeormOfferQueueStore(dataSource, 'direct'),
    aliasQueues: new TypeormOfferQueueStore(dataSource, 'alias'),
    storeKeys: new TypeormQueueStoreKeyStore(dataSource),
    keyOrder: new TypeormKeyOrderStore(dataSource),
  };
}
