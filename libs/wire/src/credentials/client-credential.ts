import type { CodecValue } from '../tls/codec.js';
import { fixed, opaque, struct } from '../tls/combinators.js';
import { clientId } from '../ids/client-id.js';
import { expirationData } from './expiration-data.js';
import { signatureScheme } from './signature-scheme.js';

/** What a ClientCredential says; `signer` is its intermediate's fingerprint (docs/protocol §3). */
export const clientCredentialPayload = struct({
  clientId,
  expiration: expirationData,
  scheme: signatureScheme,
  publicKey: opaque(64),
  signer: fixed(32),
});
export type ClientCredentialPayload = CodecValue<typeof clientCredentialPayload>;

/** A client's credential, signed by an intermediate; its self-signature is the CSR's. */
export const clientCredential = struct({
  payload: clientCredentialPayload,
  selfSignature: opaque(64),
  signature: opaque(64),
});
export type ClientCredential = CodecValue<typeof clientCredential>;
