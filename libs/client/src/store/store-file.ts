import { DecodeError, decode, encode, list, opaque, struct, u8, utf8 } from '@phoenix/wire';
import type { Entries } from './entries.js';

const VERSION = 1;

/** The file of a FileClientStore: `{ uint8 version; { opaque key<V>; opaque value<V> } entries<V> }`. */
const storeFile = struct({ version: u8, entries: list(struct({ key: opaque(), value: opaque() })) });

export function encodeStoreFile(entries: Entries): Uint8Array {
  const listed = [...entries].map(([key, value]) => ({ key: utf8(key), value }));
  return encode(storeFile, { version: VERSION, entries: listed });
}

/** @throws DecodeError */
export function decodeStoreFile(content: Uint8Array): Entries {
  const { version, entries } = decode(storeFile, content);
  if (version !== VERSION) throw new DecodeError('unknown-value');
  const text = new TextDecoder();
  return new Map(entries.map(({ key, value }) => [text.decode(key), value.slice()]));
}
