import { Injectable } from '@nestjs/common';
import { KeyVault } from '@phoenix/crypto';
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

  /** Makes the first store key at first boot. */
  async open(): Promise<void> {
    const [newest] = await this.vault.storeKeys(VAULT_PURPOSES.ratchet);
    const { id } = newest ?? (await this.vault.addStoreKey(VAULT_PURPOSES.ratchet));
    await this.store.initialise(id);
    await this.reload();
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
}
