import { type KeyPair, nodeCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { concat, encode, LABELS, type QueueConfig, queueConfig, queueConfigTbs, utf8 } from '@phoenix/wire';
import type { CreateUserRecordInput } from '../service/create-user-record.js';
import { signedBy } from './signed-by.js';

const crypto = nodeCrypto();

/** Where configs are sealed to. */
export interface QsAddress {
  readonly domain: string;
  readonly queueConfigKey: Uint8Array;
}

/** A client of the QS with a user of its own: ids, keys, and what it signs and seals. */
export class QsClient {
  readonly userId = crypto.random.uuid();
  readonly clientId = crypto.random.uuid();
  readonly friendshipToken = crypto.random.bytes(32);
  readonly userKey: KeyPair = crypto.signer.generateKeyPair();
  clientKey: KeyPair = crypto.signer.generateKeyPair();
  queueKey: KeyPair = crypto.hpke.generateKeyPair();

  /** What creates its records. */
  get creation(): CreateUserRecordInput {
    return {
      userId: this.userId,
      clientId: this.clientId,
      userKey: this.userKey.publicKey,
      clientKey: this.clientKey.publicKey,
      clientKeyProof: this.proofFor(this.clientKey),
      friendshipToken: this.friendshipToken,
      queueEncryptionKey: this.queueKey.publicKey,
    };
  }

  get asUser(): SignedRequest {
    return signedBy('qs-user', this.userId, this.userKey.publicKey);
  }

  get asClient(): SignedRequest {
    return signedBy('qs-client', this.clientId, this.clientKey.publicKey);
  }

  /** Shows that it holds a client key. */
  proofFor(key: KeyPair): Uint8Array {
    const content = concat(this.userId, this.clientId, this.userKey.publicKey);
    return crypto.signWithLabel(key.privateKey, LABELS.qsClientKey, content);
  }

  /** A fresh queue config, sealed; `changes` make it one that it should not be. */
  sealConfig({ domain, queueConfigKey }: QsAddress, changes: Partial<QueueConfig> = {}): Uint8Array {
    const tbs = {
      clientId: this.clientId,
      handle: crypto.random.uuid(),
      pushTokenKey: new Uint8Array(32),
      ...changes,
    };
    const signature = crypto.signWithLabel(
      this.clientKey.privateKey,
      LABELS.queueConfig,
      encode(queueConfigTbs, tbs),
    );
    const config = encode(queueConfig, { signature, ...tbs });
    return crypto.sealWithLabel(queueConfigKey, LABELS.queueConfig, utf8(domain), config);
  }
}
