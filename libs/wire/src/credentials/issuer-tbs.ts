import type { Codec } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';

/** What an issuer signs: `{ payload; self_signature }` (docs/protocol §3). */
export function issuerTbs<P>(payload: Codec<P>): Codec<{ payload: P; selfSignature: Uint8Array }> {
  return struct({ payload, selfSignature: opaque(64) });
}
