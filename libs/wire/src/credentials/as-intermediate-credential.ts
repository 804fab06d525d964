import type { CodecValue } from '../tls/codec.js';
import { fixed, opaque, struct } from '../tls/combinators.js';
import { expirationData } from './expiration-data.js';
import { signatureScheme } from './signature-scheme.js';

/** What an AsIntermediateCredential says; `signer` is its AsCredential's fingerprint (docs/protocol §3). */
export const asIntermediateCredentialPayload = struct({
  expiration: expirationData,
  scheme: signatureScheme,
  publicKey: opaque(64),
  signer: fixed(32),
});
export type AsIntermediateCredentialPayload = CodecValue<typeof asIntermediateCredentialPayload>;

/** The credential that signs ClientCredentials, signed by an AsCredential. */
export const asIntermediateCredential = struct({
  payload: asIntermediateCredentialPayload,
  selfSignature: opaque(64),
  signature: opaque(64),
});
export type AsIntermediateCredential = CodecValue<typeof asIntermediateCredential>;
