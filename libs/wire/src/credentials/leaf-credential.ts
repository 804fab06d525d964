import type { CodecValue } from '../tls/codec.js';
import { fixed, opaque, struct } from '../tls/combinators.js';
import { expirationData } from './expiration-data.js';

/**
 * The `identity` of a basic MLS credential: nothing in it is stable across groups. `identityLink` is an
 * `Encrypted` of the padded IdentityLink under the leaf's link key, AAD `pseudonym || leaf signature key` (docs/protocol §3).
 */
export const leafCredential = struct({
  pseudonym: fixed(32),
  expiration: expirationData,
  identityLink: opaque(4096),
});
export type LeafCredential = CodecValue<typeof leafCredential>;

/** What a client credential's key signs, label `LeafCredential`. */
export const leafCredentialTbs = struct({
  pseudonym: fixed(32),
  expiration: expirationData,
  signatureKey: opaque(64),
});
export type LeafCredentialTbs = CodecValue<typeof leafCredentialTbs>;
