import { type Codec, decode, tryDecode } from '@phoenix/wire';

/** What `bytes` encode; undefined unless they are exactly one encoding. */
export function read<T>(codec: Codec<T>, bytes: Uint8Array): T | undefined {
  return tryDecode(() => decode(codec, bytes));
}
