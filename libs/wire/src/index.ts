export { DecodeError, type DecodeReason } from './tls/decode-error.js';
export { Reader } from './tls/reader.js';
export { Writer } from './tls/writer.js';
export { type Codec, type CodecValue, decode, encode } from './tls/codec.js';
export {
  enumeration,
  fixed,
  list,
  mapped,
  opaque,
  optional,
  struct,
  u16,
  u32,
  u64,
  u8,
} from './tls/combinators.js';
export { concat, equal, utf8 } from './tls/bytes.js';
