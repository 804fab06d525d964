/** A key that the vault itself keeps, replaces and destroys, so that rows wrapped under an old one die with it. */
export interface StoreKey {
  /** Rises with each replacement. */
  readonly id: number;
  /** 32 bytes; the caller's copy to wipe. */
  readonly key: Uint8Array;
}

/** A signing key of a service: its private half is readable by the vault alone. */
export interface VaultSigningKey {
  readonly publicKey: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** What a vault throws when it cannot do its work: a wrapped key that is not its own, a store key that is gone. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

/**
 * Where the services' long-lived keys are safe. A purpose is bound to what is wrapped: a key wrapped for one never
 * unwraps for another. Signing keys do not travel; an HSM or KMS fits behind this port.
 */
export abstract class KeyVault {
  /** Encrypts `key` under the vault's key-encryption key. */
  abstract wrap(purpose: string, key: Uint8Array): Promise<Uint8Array>;
  /** @throws VaultError */
  abstract unwrap(purpose: string, wrapped: Uint8Array): Promise<Uint8Array>;
  /** An Ed25519 key. */
  abstract generateSigningKey(purpose: string): Promise<VaultSigningKey>;
  /** @throws VaultError */
  abstract sign(purpose: string, wrapped: Uint8Array, message: Uint8Array): Promise<Uint8Array>;
  /** The store keys of that name, newest first; empty when none was made. */
  abstract storeKeys(name: string): Promise<StoreKey[]>;
  /** Makes the next store key; it is durable when this returns. */
  abstract addStoreKey(name: string): Promise<StoreKey>;
  /** Destroys a store key for good; one that is gone already is a success. */
  abstract destroyStoreKey(name: string, id: number): Promise<void>;
}
