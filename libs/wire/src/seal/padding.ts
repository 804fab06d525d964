import { Reader } from '../tls/reader.js';
import { Writer } from '../tls/writer.js';
import { DecodeError } from '../tls/decode-error.js';

const FLOOR = 512;

/**
 * The Padmé size for `length` bytes: at most 12 % more, and few enough sizes to tell little
 * (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", §4).
 */
export function padmeSize(length: number): number {
  if (length <= FLOOR) return FLOOR;
  const exponent = Math.floor(Math.log2(length));
  const mantissaBits = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - mantissaBits);
  return Math.ceil(length / step) * step;
}

/** `{ opaque content<V>; opaque zeros<V> }` filled with zeros to a Padmé size of at least 512 bytes (docs/protocol §2). */
export function pad(content: Uint8Array): Uint8Array {
  const writer = new Writer(padmeSize(content.length + 8)).opaque(content);
  const used = writer.view().length;
  const zeros = zerosFor(used);
  const padded = writer.opaque(new Uint8Array(zeros)).finish();
  writer.wipe();
  return padded;
}

/** The number of zeros that brings `used` bytes, with the zeros' own length prefix, to the smallest Padmé size it can reach. */
function zerosFor(used: number): number {
  for (let size = padmeSize(used + 1); ; size = padmeSize(size + 1)) {
    for (const prefix of [1, 2, 4]) {
      const zeros = size - used - prefix;
      if (zeros >= 0 && prefixLength(zeros) === prefix) return zeros;
    }
  }
}

function prefixLength(length: number): number {
  if (length < 0x40) return 1;
  return length < 0x4000 ? 2 : 4;
}

/**
 * The content of what `pad` made.
 * @throws DecodeError when the padding is not zeros to the exact size.
 */
export function unpad(padded: Uint8Array): Uint8Array {
  const reader = new Reader(padded);
  const content = reader.opaque();
  const used = reader.position;
  const zeros = reader.opaque();
  reader.end();
  if (zeros.length !== zerosFor(used) || zeros.some((byte) => byte !== 0))
    throw new DecodeError('invalid-value');
  return content;
}
