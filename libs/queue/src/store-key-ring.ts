import type { StoreKey } from '@phoenix/crypto';

/** The store keys of this moment, by id. Secrets are wrapped under the one the database names as current. */
export class StoreKeyRing {
  readonly #keys: ReadonlyMap<number, Uint8Array>;

  constructor(keys: readonly StoreKey[]) {
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  /** Undefined for one that was destroyed, or made by another process since. */
  find(id: number): Uint8Array | undefined {
    return this.#keys.get(id);
  }

  /** @throws UnknownStoreKey */
  get(id: number): Uint8Array {
    const key = this.#keys.get(id);
    if (key === undefined) throw new UnknownStoreKey();
    return key;
  }
}

/** Another process has moved on to a store key that this one has not read from the vault yet. */
export class UnknownStoreKey extends Error {
  override readonly name = 'UnknownStoreKey';
}
