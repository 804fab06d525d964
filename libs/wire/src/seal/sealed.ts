import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';

/** What `SealWithLabel` makes: HPKE base mode with an empty AAD (docs/protocol §2). */
export const sealed = struct({ kemOutput: opaque(1024), ciphertext: opaque() });
export type Sealed = CodecValue<typeof sealed>;
