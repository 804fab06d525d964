import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';
import { domain } from '../ids/domain.js';
import { expirationData } from './expiration-data.js';
import { signatureScheme } from './signature-scheme.js';

/** What an AsCredential says: the root of a home domain (docs/protocol §3). */
export const asCredentialPayload = struct({
  domain,
  expiration: expirationData,
  scheme: signatureScheme,
  publicKey: opaque(64),
});
export type AsCredentialPayload = CodecValue<typeof asCredentialPayload>;

/** The root credential of an authentication service; its issuer is itself. */
export const asCredential = struct({
  payload: asCredentialPayload,
  selfSignature: opaque(64),
  signature: opaque(64),
});
export type AsCredential = CodecValue<typeof asCredential>;
