import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import {
  formatContentDigest,
  formatSignature,
  formatSignatureInput,
  type KeyId,
  NONCE_BYTES,
  signatureBase,
} from '@phoenix/wire';
import { GRAPHQL_PATH } from '../http/gate.js';

export interface TestKey {
  readonly keyId: KeyId;
  /** Ed25519, 32 bytes. */
  readonly privateKey: Uint8Array;
}

export interface SignFieldsOptions {
  readonly crypto: PhoenixCrypto;
  readonly clock: Clock;
  readonly authority: string;
  readonly body: Uint8Array;
  readonly key: TestKey;
  /** 16 bytes; random unless said. */
  readonly nonce?: Uint8Array;
}

export interface SignatureFields {
  readonly 'content-digest': string;
  readonly 'signature-input': string;
  readonly signature: string;
}

/** The three fields that sign a POST /graphql of this body. */
export function signFields(options: SignFieldsOptions): SignatureFields {
  const { crypto, clock, authority, body, key } = options;
  const contentDigest = formatContentDigest(crypto.sha256(body));
  const parameters = {
    created: Math.floor(clock.now() / 1000),
    nonce: options.nonce ?? crypto.random.bytes(NONCE_BYTES),
    keyId: key.keyId,
    coversAuthorization: false,
  };
  const base = signatureBase({ method: 'POST', authority, path: GRAPHQL_PATH, contentDigest }, parameters);
  return {
    'content-digest': contentDigest,
    'signature-input': formatSignatureInput(parameters),
    signature: formatSignature(crypto.signer.sign(key.privateKey, base)),
  };
}
