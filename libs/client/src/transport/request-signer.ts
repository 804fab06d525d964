import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import {
  formatContentDigest,
  formatSignature,
  formatSignatureInput,
  type KeyId,
  NONCE_BYTES,
  signatureBase,
} from '@phoenix/wire';

/** Who signs: a key id and its Ed25519 private key (32 bytes). */
export interface RequestKey {
  readonly keyId: KeyId;
  readonly privateKey: Uint8Array;
}

/** What a signature is bound to besides its key and time. */
export interface RequestTarget {
  /** The service's public name, lower-case, without the default port. */
  readonly authority: string;
  readonly path: string;
  /** The exact bytes that are sent. */
  readonly body: Uint8Array;
}

/** The fields that a signed request adds, by name. */
export interface SignatureFields {
  readonly 'content-digest': string;
  readonly 'signature-input': string;
  readonly signature: string;
}

/** Signs requests to the services (RFC 9421, in the profile of docs/protocol §4). */
export class RequestSigner {
  constructor(
    private readonly crypto: Pick<PhoenixCrypto, 'hash' | 'random' | 'signer'>,
    private readonly clock: Clock,
  ) {}

  /** Signs a POST with a fresh nonce: the same body signed again is a retry, not a replay. */
  sign(target: RequestTarget, key: RequestKey): SignatureFields {
    const { hash, random, signer } = this.crypto;
    const contentDigest = formatContentDigest(hash.sha256(target.body));
    const parameters = {
      created: Math.floor(this.clock.now() / 1000),
      nonce: random.bytes(NONCE_BYTES),
      keyId: key.keyId,
      coversAuthorization: false,
    };
    const base = signatureBase(
      { method: 'POST', authority: target.authority, path: target.path, contentDigest },
      parameters,
    );
    return {
      'content-digest': contentDigest,
      'signature-input': formatSignatureInput(parameters),
      signature: formatSignature(signer.sign(key.privateKey, base)),
    };
  }
}
