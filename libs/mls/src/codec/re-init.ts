import { type CodecValue, opaque, struct, u16 } from '@phoenix/wire';
import { extensionsCodec } from './extension.js';
import { protocolVersionCodec } from './protocol-version.js';

/** `ReInit`: the group that is to follow this one (RFC 9420 §12.1.5). */
export const reInitCodec = struct({
  groupId: opaque(),
  version: protocolVersionCodec,
  cipherSuite: u16,
  extensions: extensionsCodec,
});
export type ReInit = CodecValue<typeof reInitCodec>;
