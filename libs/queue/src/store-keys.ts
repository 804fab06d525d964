import type { KeyVault, StoreKey } from '@phoenix/crypto';
import { StoreKeyRing, UnknownStoreKey } from './store-key-ring.js';
import type { StoreKeyStore } from './store-key-store.js';

/** This process's view of the store keys that the vault has under one name. */
export class StoreKeys {
  #ring = new StoreKeyRing([]);

  constructor(
    private readonly vault: KeyVault,
    private readonly store: StoreKeyStore,
    private readonly name: string,
  ) {}

  /**
   * Makes the first store key at first boot. Where the database names one that the vault has not (either was put back from a
   * backup), moves on to a newer one: secrets under the lost key restart their queues.
   */
  async open(): Promise<void> {
    const [newest] = await this.vault.storeKeys(this.name);
    const { id } = newest ?? (await this.#add());
    const current = await this.store.initialise(id);
    await this.reload();
    if (this.#ring.find(current) === undefined) await this.#moveBeyond(current);
  }

  /** Reads the vault again. */
  async reload(): Promise<void> {
    this.#ring = new StoreKeyRing(await this.vault.storeKeys(this.name));
  }

  /** Runs work that wraps secrets; once more with the vault read again when another process has replaced the store key. */
  async use<T>(work: (ring: StoreKeyRing) => Promise<T>): Promise<T> {
    try {
      return await work(this.#ring);
    } catch (error) {
      if (!(error instanceof UnknownStoreKey)) throw error;
      await this.reload();
      return work(this.#ring);
    }
  }

  async #moveBeyond(current: number): Promise<void> {
    let added = await this.#add();
    while (added.id <= current) added = await this.#add();
    await this.store.advance(added.id);
    await this.reload();
  }

  #add(): Promise<StoreKey> {
    return this.vault.addStoreKey(this.name);
  }
}
