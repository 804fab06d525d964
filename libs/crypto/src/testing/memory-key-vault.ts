import type { PhoenixCrypto } from '../phoenix/phoenix-crypto.js';
import type { StoreKey } from '../ports/key-vault.js';
import { WrappingKeyVault } from '../vault/wrapping.js';

/** A vault that is gone with its process: for tests, held to the port's conformance suite. */
export class MemoryKeyVault extends WrappingKeyVault {
  readonly #storeKeys = new Map<string, StoreKey[]>();

  constructor(crypto: PhoenixCrypto) {
    super(crypto, crypto.random.bytes(32));
  }

  storeKeys(name: string): Promise<StoreKey[]> {
    return Promise.resolve(
      (this.#storeKeys.get(name) ?? []).map(({ id, key }) => ({ id, key: key.slice() })),
    );
  }

  addStoreKey(name: string): Promise<StoreKey> {
    const keys = this.#storeKeys.get(name) ?? [];
    const added = { id: (keys[0]?.id ?? 0) + 1, key: this.crypto.random.bytes(32) };
    this.#storeKeys.set(name, [{ id: added.id, key: added.key.slice() }, ...keys]);
    return Promise.resolve(added);
  }

  destroyStoreKey(name: string, id: number): Promise<void> {
    const keys = this.#storeKeys.get(name) ?? [];
    this.#storeKeys.set(
      name,
      keys.filter((key) => key.id !== id),
    );
    return Promise.resolve();
  }
}
