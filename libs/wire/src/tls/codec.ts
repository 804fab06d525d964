import { Reader } from './reader.js';
import { Writer } from './writer.js';

/** How a value of `T` is written and read; `read` throws DecodeError and nothing else. */
export interface Codec<T> {
  readonly write: (writer: Writer, value: T) => void;
  readonly read: (reader: Reader) => T;
}

/** The value a codec carries: `type GroupKeys = CodecValue<typeof groupKeys>`. */
export type CodecValue<C> = C extends Codec<infer T> ? T : never;

/** The encoding of one value. */
export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const writer = new Writer();
  codec.write(writer, value);
  const encoded = writer.finish();
  writer.wipe();
  return encoded;
}

/**
 * The one value that `input` encodes, to its last byte. Byte strings in the result are views into `input`.
 * @throws DecodeError
 */
export function decode<T>(codec: Codec<T>, input: Uint8Array): T {
  const reader = new Reader(input);
  const value = codec.read(reader);
  reader.end();
  return value;
}
