import { type CodecValue, opaque, struct, u16 } from '@phoenix/wire';
import { extensionsCodec } from './extension.js';

/** `ReInit`: the group that is to follow this one, perhaps of a version and suite that are unknown here (RFC 9420 §12.1.5). */
export const reInitCodec = struct({
  groupId: opaque(),
  version: u16,
  cipherSuite: u16,
  extensions: extensionsCodec,
});
export type ReInit = CodecValue<typeof reInitCodec>;
