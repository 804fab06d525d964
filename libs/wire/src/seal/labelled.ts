import { encode } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';
import { utf8 } from '../tls/bytes.js';

const labelled = struct({ label: opaque(), content: opaque() });

/** `{ opaque label<V> = "Phoenix 1.0 " || label; opaque content<V> }`: what is signed, and the info of seals and derivations (docs/protocol §2). */
export function labelledContent(label: string, content: Uint8Array): Uint8Array {
  return encode(labelled, { label: utf8(`Phoenix 1.0 ${label}`), content });
}
