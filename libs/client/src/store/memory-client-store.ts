import { ClientStore, type StoreWrite } from './client-store.js';
import { applied, type Entries, keysOf } from './entries.js';

/** A store that lives as long as its process: for tests and for clients that keep nothing. */
export class MemoryClientStore extends ClientStore {
  #entries: Entries = new Map();

  override get(key: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#entries.get(key)?.slice());
  }

  override keys(prefix: string): Promise<string[]> {
    return Promise.resolve(keysOf(this.#entries, prefix));
  }

  override write(batch: readonly StoreWrite[]): Promise<void> {
    this.#entries = applied(this.#entries, batch);
    return Promise.resolve();
  }
}
