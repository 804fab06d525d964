import { type CodecValue, opaque, struct, u64 } from '@phoenix/wire';
import { contentTypeCodec } from './content-type.js';

/** `PrivateMessage` (RFC 9420 §6.3). */
export const privateMessageCodec = struct({
  groupId: opaque(),
  epoch: u64,
  contentType: contentTypeCodec,
  authenticatedData: opaque(),
  encryptedSenderData: opaque(),
  ciphertext: opaque(),
});
export type PrivateMessage = CodecValue<typeof privateMessageCodec>;
