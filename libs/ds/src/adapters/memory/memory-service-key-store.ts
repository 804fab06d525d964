import { type ServiceKey, ServiceKeyStore } from '../../ports/service-key-store.js';

/** A ServiceKeyStore that is gone with its process: for tests, held to the port's conformance suite. */
export class MemoryServiceKeyStore extends ServiceKeyStore {
  readonly #keys = new Map<string, ServiceKey>();

  load(name: string): Promise<ServiceKey | undefined> {
    return Promise.resolve(this.#keys.get(name));
  }

  keep(name: string, key: ServiceKey): Promise<ServiceKey> {
    const kept = this.#keys.get(name) ?? key;
    this.#keys.set(name, kept);
    return Promise.resolve(kept);
  }
}
