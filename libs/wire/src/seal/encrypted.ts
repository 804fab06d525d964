import type { CodecValue } from '../tls/codec.js';
import { fixed, opaque, struct } from '../tls/combinators.js';

/** What `Encrypt` makes: AES-256-GCM, tag at the end of the ciphertext (docs/protocol §2). */
export const encrypted = struct({ nonce: fixed(12), ciphertext: opaque() });
export type Encrypted = CodecValue<typeof encrypted>;
