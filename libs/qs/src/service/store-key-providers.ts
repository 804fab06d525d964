import type { Provider } from '@nestjs/common';
import { KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { RotateStoreKey, StoreKeys, StoreKeyStore } from '@phoenix/queue';
import { VAULT_PURPOSES } from './vault-purposes.js';

/** The store keys under which the QS wraps its ratchet secrets. */
export const STORE_KEY_PROVIDERS: readonly Provider[] = [
  {
    provide: StoreKeys,
    inject: [KeyVault, StoreKeyStore],
    useFactory: (vault: KeyVault, store: StoreKeyStore) =>
      new StoreKeys(vault, store, VAULT_PURPOSES.ratchet),
  },
  {
    provide: RotateStoreKey,
    inject: [KeyVault, StoreKeyStore, StoreKeys, PhoenixCrypto],
    useFactory: (vault: KeyVault, store: StoreKeyStore, keys: StoreKeys, crypto: PhoenixCrypto) =>
      new RotateStoreKey(vault, store, keys, crypto, VAULT_PURPOSES.ratchet),
  },
];
