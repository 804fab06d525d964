import type { CodecValue } from '../tls/codec.js';
import { fixed, opaque, struct } from '../tls/combinators.js';

/** The longest `sealed`: an offer with the longest domains, padded, three times over. */
export const MAX_SEALED_OFFER_BYTES = 4096;

/**
 * A `Pad`ded ConnectionOffer, sealed to its package's key: label `ConnectionOffer`, context the package's hash. The hash is
 * outside as well, so that the owner knows which key opens it, and can refuse it unopened.
 */
export const sealedConnectionOffer = struct({
  packageHash: fixed(32),
  sealed: opaque(MAX_SEALED_OFFER_BYTES),
});
export type SealedConnectionOffer = CodecValue<typeof sealedConnectionOffer>;
