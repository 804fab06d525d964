import { nodeCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, equal, formatUuid, refuse } from '@phoenix/wire';

const crypto = nodeCrypto();

/** A request as the edge hands it on when the record `id` has signed it with the private half of `publicKey`. */
export function signedBy(
  kind: 'qs-user' | 'qs-client',
  id: Uint8Array,
  publicKey: Uint8Array,
): SignedRequest {
  return {
    keyId: { kind, name: formatUuid(id) },
    nonce: crypto.random.bytes(16),
    bodyDigest: crypto.random.bytes(32),
    authenticate: async (loaded) => (equal(loaded, publicKey) ? done() : refuse('SIGNATURE_INVALID')),
  };
}
