import type { Provider } from '@nestjs/common';
import { KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { RotateStoreKey, StoreKeys, StoreKeyStore } from '@phoenix/queue';
import { VAULT_PURPOSES } from '../domain/vault-purposes.js';

/** The store keys under which the AS wraps the ratchet secrets of its queues; open before the first request. */
export const QUEUE_KEY_PROVIDERS: readonly Provider[] = [
  {
    provide: StoreKeys,
    inject: [KeyVault, StoreKeyStore],
    useFactory: async (vault: KeyVault, store: StoreKeyStore) => {
      const keys = new StoreKeys(vault, store, VAULT_PURPOSES.queue);
      await keys.open();
      return keys;
    },
  },
  {
    provide: RotateStoreKey,
    inject: [KeyVault, StoreKeyStore, StoreKeys, PhoenixCrypto],
    useFactory: (vault: KeyVault, store: StoreKeyStore, keys: StoreKeys, crypto: PhoenixCrypto) =>
      new RotateStoreKey(vault, store, keys, crypto, VAULT_PURPOSES.queue),
  },
];
