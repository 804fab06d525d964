import { type CodecValue, encode, opaque, struct, u32 } from '@phoenix/wire';
import { extensionsCodec } from './extension.js';
import { groupContextCodec } from './group-context.js';

const content = {
  groupContext: groupContextCodec,
  extensions: extensionsCodec,
  confirmationTag: opaque(),
  signer: u32,
};
const contentCodec = struct(content);

/** `GroupInfo`, as anyone may send it (RFC 9420 §12.4.3). */
export const groupInfoCodec = struct({ ...content, signature: opaque() });
export type GroupInfo = CodecValue<typeof groupInfoCodec>;
/** A GroupInfo before it is signed. */
export type GroupInfoContent = CodecValue<typeof contentCodec>;

/** `GroupInfoTBS` (RFC 9420 §12.4.3). Sign it under the label "GroupInfoTBS". */
export function groupInfoTbs(groupInfo: GroupInfoContent): Uint8Array {
  return encode(contentCodec, groupInfo);
}
