import { Injectable } from '@nestjs/common';
import { KeyVault, PhoenixCrypto, wipe } from '@phoenix/crypto';
import type { QueueConfigKey } from '../domain/queue-address.js';
import { type ServiceKey, type ServiceKeyName, ServiceKeyStore } from '../ports/service-key-store.js';
import { HomeDomain } from './home-domain.js';
import { VAULT_PURPOSES } from './vault-purposes.js';

interface OpenedKeys {
  readonly signing: ServiceKey;
  readonly queueConfig: ServiceKey;
  readonly queueConfigPrivate: Uint8Array;
}

/** The QS's own keys: what other servers verify it by, and what queue configs are sealed to. Opened once, at boot. */
@Injectable()
export class ServiceKeys {
  #opened: OpenedKeys | undefined;

  constructor(
    private readonly store: ServiceKeyStore,
    private readonly vault: KeyVault,
    private readonly crypto: PhoenixCrypto,
    private readonly domain: HomeDomain,
  ) {}

  /** Makes the keys at first boot, finds them at every other. */
  async open(): Promise<void> {
    const signing = await this.#findOrMake('signing', () =>
      this.vault.generateSigningKey(VAULT_PURPOSES.signing),
    );
    const queueConfig = await this.#findOrMake('queue-config', () => this.#makeQueueConfigKey());
    const queueConfigPrivate = await this.vault.unwrap(VAULT_PURPOSES.queueConfig, queueConfig.wrapped);
    this.#opened = { signing, queueConfig, queueConfigPrivate };
  }

  /** Ed25519, 32 bytes. */
  get verifyingKey(): Uint8Array {
    return this.#keys.signing.publicKey;
  }

  /** HPKE (X25519), 32 bytes. */
  get queueConfigPublicKey(): Uint8Array {
    return this.#keys.queueConfig.publicKey;
  }

  /** What opens queue configs. */
  get queueConfigKey(): QueueConfigKey {
    return { privateKey: this.#keys.queueConfigPrivate, domain: this.domain.name };
  }

  get #keys(): OpenedKeys {
    if (this.#opened === undefined) throw new Error('the service keys have not been opened');
    return this.#opened;
  }

  async #findOrMake(name: ServiceKeyName, make: () => Promise<ServiceKey>): Promise<ServiceKey> {
    const found = await this.store.find(name);
    return found ?? this.store.insertOrFind(name, await make());
  }

  async #makeQueueConfigKey(): Promise<ServiceKey> {
    const pair = this.crypto.hpke.generateKeyPair();
    try {
      return {
        publicKey: pair.publicKey,
        wrapped: await this.vault.wrap(VAULT_PURPOSES.queueConfig, pair.privateKey),
      };
    } finally {
      wipe(pair.privateKey);
    }
  }
}
