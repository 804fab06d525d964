import { type Codec, DecodeError } from '@phoenix/wire';

/** `HPKECiphertext` (RFC 9420 §5.1.3). */
export interface HpkeCiphertext {
  readonly kemOutput: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The shortest that any KEM and any AEAD tag of HPKE make (RFC 9180 §7.1, §7.3). */
const MIN_KEM_OUTPUT = 32;
const MIN_CIPHERTEXT = 16;

/** Refuses what no suite produces: in two bytes each, a path of empty ones would fill a hundred times its size in memory. */
export const hpkeCiphertextCodec: Codec<HpkeCiphertext> = {
  write: (w, v) => void w.opaque(v.kemOutput).opaque(v.ciphertext),
  read: (r) => {
    const kemOutput = r.opaque();
    const ciphertext = r.opaque();
    const isPossible = kemOutput.length >= MIN_KEM_OUTPUT && ciphertext.length >= MIN_CIPHERTEXT;
    if (!isPossible) throw new DecodeError('invalid-value');
    return { kemOutput, ciphertext };
  },
};
