import { Injectable } from '@nestjs/common';
import { KeyVault, type StoreKey } from '@phoenix/crypto';
import { StoreKeyRing, UnknownStoreKey } from '../domain/store-key-ring.js';
import { StoreKeyStore } from '../ports/store-key-store.js';
import { VAULT_PURPOSES } from './vault-purposes.js';

/** This process's view of the store keys in the vault. */
@Injectable()
export class StoreKeys {
  #ring = new StoreKeyRing([]);

  constructor(
    private readonly vault: KeyVault,
    private readonly store: StoreKeyStore,
  ) {}

  /**
   * Makes the first store key at first boot. Where the database names one that the vault has not (either was put back from a
   * backup), moves on to a newer one: secrets under the lost key restart their queues.
   */
  async open(): Promise<void> {
    const [newest] = await this.vault.storeKeys(VAULT_PURPOSES.ratchet);
    const { id } = newest ?? (await this.#add());
    const current = await this.store.initialise(id);
    await this.reload();
    if (this.#ring.find(current) === undefined) await this.#moveBeyond(current);
  }

  /** Reads the vault again. */
  async reload(): Promise<void> {
    this.#ring = new StoreKeyRing(await this.vault.storeKeys(VAULT_PURPOSES.ratchet));
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
    return this.vault.addStoreKey(VAULT_PURPOSES.ratchet);
  }
}
