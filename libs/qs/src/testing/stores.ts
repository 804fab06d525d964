import type { PhoenixCrypto } from '@phoenix/crypto';
import type { StoreKeyStore } from '@phoenix/queue';
import type { DataSource } from 'typeorm';
import { MemoryAddPackageStore } from '../adapters/memory/memory-add-package-store.js';
import { MemoryDatabase } from '../adapters/memory/memory-database.js';
import { MemoryQueueStore } from '../adapters/memory/memory-queue-store.js';
import { MemoryRecordStore } from '../adapters/memory/memory-record-store.js';
import { MemoryServiceKeyStore } from '../adapters/memory/memory-service-key-store.js';
import { MemoryStoreKeyStore } from '../adapters/memory/memory-store-key-store.js';
import { TypeormAddPackageStore } from '../adapters/typeorm/typeorm-add-package-store.js';
import { TypeormQueueStore } from '../adapters/typeorm/typeorm-queue-store.js';
import { TypeormRecordStore } from '../adapters/typeorm/typeorm-record-store.js';
import { TypeormServiceKeyStore } from '../adapters/typeorm/typeorm-service-key-store.js';
import { TypeormStoreKeyStore } from '../adapters/typeorm/typeorm-store-key-store.js';
import type { AddPackageStore } from '../ports/add-package-store.js';
import type { QueueStore } from '../ports/queue-store.js';
import type { RecordStore } from '../ports/record-store.js';
import type { ServiceKeyStore } from '../ports/service-key-store.js';

/** The stores of one QS, over one database. */
export interface QsStores {
  readonly records: RecordStore;
  readonly packages: AddPackageStore;
  readonly queues: QueueStore;
  readonly storeKeys: StoreKeyStore;
  readonly serviceKeys: ServiceKeyStore;
}

/** Fresh and empty, in memory. */
export function memoryStores({ random }: PhoenixCrypto): QsStores {
  const database = new MemoryDatabase();
  return {
    records: new MemoryRecordStore(database),
    packages: new MemoryAddPackageStore(database, random),
    queues: new MemoryQueueStore(database),
    storeKeys: new MemoryStoreKeyStore(database),
    serviceKeys: new MemoryServiceKeyStore(database),
  };
}

export function typeormStores(dataSource: DataSource): QsStores {
  return {
    records: new TypeormRecordStore(dataSource),
    packages: new TypeormAddPackageStore(dataSource),
    queues: new TypeormQueueStore(dataSource),
    storeKeys: new TypeormStoreKeyStore(dataSource),
    serviceKeys: new TypeormServiceKeyStore(dataSource),
  };
}
