import { type CodecValue, list, opaque, struct, u32 } from '@phoenix/wire';

/** `ParentNode` (RFC 9420 §7.1). */
export const parentNodeCodec = struct({
  encryptionKey: opaque(),
  parentHash: opaque(),
  unmergedLeaves: list(u32),
});
export type ParentNode = CodecValue<typeof parentNodeCodec>;
