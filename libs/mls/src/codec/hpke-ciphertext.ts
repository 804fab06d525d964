import { type CodecValue, opaque, struct } from '@phoenix/wire';

/** `HPKECiphertext` (RFC 9420 §5.1.3). */
export const hpkeCiphertextCodec = struct({ kemOutput: opaque(), ciphertext: opaque() });
export type HpkeCiphertext = CodecValue<typeof hpkeCiphertextCodec>;
