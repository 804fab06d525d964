import { type ServiceKey, type ServiceKeyName, ServiceKeyStore } from '../../ports/service-key-store.js';
import type { MemoryDatabase } from './memory-database.js';

/** The ServiceKeyStore in memory. */
export class MemoryServiceKeyStore extends ServiceKeyStore {
  constructor(private readonly database: MemoryDatabase) {
    super();
  }

  override async find(name: ServiceKeyName): Promise<ServiceKey | undefined> {
    return this.database.serviceKeys.get(name);
  }

  override async insertOrFind(name: ServiceKeyName, key: ServiceKey): Promise<ServiceKey> {
    const found = this.database.serviceKeys.get(name) ?? key;
    this.database.serviceKeys.set(name, found);
    return found;
  }
}
