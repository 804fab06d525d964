import { nodeCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import {
  type ClientId,
  clientCredentialValidity,
  type ConnectionPackage,
  done,
  encode,
  connectionPackage,
  equal,
  formatClientId,
  type KeyId,
  refuse,
} from '@phoenix/wire';
import { aliasQueueId } from '../domain/alias.js';
import { issuedCredential } from '../domain/issued-credential.js';
import type { AliasRecord } from '../ports/alias-store.js';
import type { ConnectionStores } from './connection-stores.js';
import { aConnectionPackage, signPackage } from './some-packages.js';

const crypto = nodeCrypto();

/** A request as the edge hands it on, signed as `keyId` by the private half of `publicKey`. */
export function signedAs(keyId: KeyId, publicKey: Uint8Array): SignedRequest {
  return {
    keyId,
    nonce: crypto.random.bytes(16),
    bodyDigest: crypto.random.bytes(32),
    authenticate: async (loaded) => (equal(loaded, publicKey) ? done() : refuse('SIGNATURE_INVALID')),
  };
}

/** A registered client that can be connected to. Its credential is nobody's to verify. */
export class ConnectableClient {
  readonly queueKey = crypto.hpke.generateKeyPair();

  private constructor(
    readonly clientId: ClientId,
    readonly keys: { publicKey: Uint8Array; privateKey: Uint8Array },
  ) {}

  static async register({ registration }: ConnectionStores, nowMs: number): Promise<ConnectableClient> {
    const keys = crypto.signer.generateKeyPair();
    const user = { uuid: crypto.random.uuid(), domain: 'example.com' };
    const clientId = { user, uuid: crypto.random.uuid() };
    const payload = {
      clientId,
      expiration: clientCredentialValidity(nowMs),
      scheme: 'ed25519' as const,
      publicKey: keys.publicKey,
      signer: crypto.random.bytes(32),
    };
    const [selfSignature, signature] = [crypto.random.bytes(64), crypto.random.bytes(64)];
    const credential = issuedCredential(crypto, { payload, selfSignature, signature });
    const opaqueRecord = crypto.random.bytes(192);
    await registration.register({ client: clientId, opaqueRecord, invitation: undefined }, () =>
      Promise.resolve(credential),
    );
    return new ConnectableClient(clientId, keys);
  }

  get request(): SignedRequest {
    return signedAs({ kind: 'client', name: formatClientId(this.clientId) }, this.keys.publicKey);
  }

  sign(content: ConnectionPackage): Uint8Array {
    return signPackage(crypto, this.clientId, this.keys, content);
  }

  /** A publication of `count` packages of which one is a last resort. */
  publication(nowMs: number, count = 2): { queueEncryptionKey: Uint8Array; packages: Uint8Array[] } {
    const packages = Array.from({ length: count }, (_, index) =>
      this.sign(aConnectionPackage(crypto, nowMs, { lastResort: index === 0 })),
    );
    return { queueEncryptionKey: this.queueKey.publicKey, packages };
  }
}

/** Somebody with a name for an alias and keys for it. */
export class AliasOwner {
  readonly keys = crypto.signer.generateKeyPair();
  readonly queueKey = crypto.hpke.generateKeyPair();

  constructor(readonly alias: string) {}

  get record(): AliasRecord {
    const { alias, keys, queueKey } = this;
    return { alias, authKey: keys.publicKey, queueEncryptionKey: queueKey.publicKey };
  }

  get queueId(): Uint8Array {
    return aliasQueueId(crypto, this.alias);
  }

  get request(): SignedRequest {
    return signedAs({ kind: 'alias', name: this.alias }, this.keys.publicKey);
  }

  /** A publication of `count` packages of which one is a last resort. */
  publication(nowMs: number, count = 2): { alias: string; packages: Uint8Array[] } {
    const packages = Array.from({ length: count }, (_, index) =>
      encode(connectionPackage, aConnectionPackage(crypto, nowMs, { lastResort: index === 0 })),
    );
    return { alias: this.alias, packages };
  }
}
