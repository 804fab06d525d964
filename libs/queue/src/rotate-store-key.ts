import type { KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import type { StoreKeyStore } from './store-key-store.js';
import type { StoreKeys } from './store-keys.js';
import { rewrapSecret } from './wrapped-secret.js';

const BATCH = 500;

/**
 * Replaces the store key (docs/protocol §6): from then on what dead rows, logs and backups of the database hold of old
 * ratchet secrets opens for nobody. Safe to run anywhere at any time, beside writers and beside itself; a run that is
 * cut short is completed by the next.
 */
export class RotateStoreKey {
  constructor(
    private readonly vault: KeyVault,
    private readonly store: StoreKeyStore,
    private readonly keys: StoreKeys,
    private readonly crypto: PhoenixCrypto,
    private readonly name: string,
  ) {}

  async execute(): Promise<void> {
    const next = await this.vault.addStoreKey(this.name);
    await this.keys.reload();
    await this.store.advance(next.id);
    await this.keys.use((ring) =>
      this.store.rewrap(BATCH, (head, storeKeyId) => rewrapSecret(this.crypto, ring, head, storeKeyId)),
    );
    await this.#destroyOlderThan(next.id);
    await this.keys.reload();
  }

  /** A newer key may be another run's: that one is not finished with it. */
  async #destroyOlderThan(id: number): Promise<void> {
    for (const key of await this.vault.storeKeys(this.name)) {
      if (key.id < id) await this.vault.destroyStoreKey(this.name, key.id);
    }
  }
}
