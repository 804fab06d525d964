import { type CodecValue, opaque, struct, u16, u64 } from '@phoenix/wire';
import { extensionsCodec } from './extension.js';
import { protocolVersionCodec } from './protocol-version.js';

/** `GroupContext`: what all members agree on in an epoch (RFC 9420 §8.1). */
export const groupContextCodec = struct({
  version: protocolVersionCodec,
  cipherSuite: u16,
  groupId: opaque(),
  epoch: u64,
  treeHash: opaque(),
  confirmedTranscriptHash: opaque(),
  extensions: extensionsCodec,
});
export type GroupContext = CodecValue<typeof groupContextCodec>;
