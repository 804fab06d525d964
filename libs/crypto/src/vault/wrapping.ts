import { utf8 } from '@phoenix/wire';
import type { PhoenixCrypto } from '../phoenix/phoenix-crypto.js';
import { wipe } from '../phoenix/wipe.js';
import { KeyVault, VaultError, type VaultSigningKey } from '../ports/key-vault.js';

/** A vault whose key-encryption key is in this process: wraps, unwraps and signs; where store keys live is its subclass's. */
export abstract class WrappingKeyVault extends KeyVault {
  constructor(
    protected readonly crypto: PhoenixCrypto,
    private readonly keyEncryptionKey: Uint8Array,
  ) {
    super();
  }

  wrap(purpose: string, key: Uint8Array): Promise<Uint8Array> {
    return Promise.resolve(this.crypto.encrypt(this.keyEncryptionKey, utf8(purpose), key));
  }

  unwrap(purpose: string, wrapped: Uint8Array): Promise<Uint8Array> {
    const key = this.crypto.decrypt(this.keyEncryptionKey, utf8(purpose), wrapped);
    if (key === undefined) {
      return Promise.reject(new VaultError(`a wrapped key of purpose ${purpose} is not this vault's`));
    }
    return Promise.resolve(key);
  }

  async generateSigningKey(purpose: string): Promise<VaultSigningKey> {
    const pair = this.crypto.signer.generateKeyPair();
    try {
      return { publicKey: pair.publicKey, wrapped: await this.wrap(purpose, pair.privateKey) };
    } finally {
      wipe(pair.privateKey);
    }
  }

  async sign(purpose: string, wrapped: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
    const privateKey = await this.unwrap(purpose, wrapped);
    try {
      return this.crypto.signer.sign(privateKey, message);
    } finally {
      wipe(privateKey);
    }
  }
}
