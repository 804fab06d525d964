import { type Codec, decode, DecodeError } from '@phoenix/wire';

/** What `bytes` encode; undefined unless they are exactly one encoding. */
export function read<T>(codec: Codec<T>, bytes: Uint8Array): T | undefined {
  return readWith(() => decode(codec, bytes));
}

/** What `decoder` returns; undefined where it throws a DecodeError. */
export function readWith<T>(decoder: () => T): T | undefined {
  try {
    return decoder();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
