import type { CodecValue } from '../tls/codec.js';
import { enumeration, u16 } from '../tls/combinators.js';

/** A signature scheme by its TLS code point (RFC 8446 §4.2.3). */
export const signatureScheme = enumeration({ ed25519: 0x0807 }, u16);
export type SignatureScheme = CodecValue<typeof signatureScheme>;
