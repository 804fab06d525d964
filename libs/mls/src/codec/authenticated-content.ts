import { type Codec, Writer } from '@phoenix/wire';
import { type FramedContentAuthData, readAuthData, writeAuthData } from './framed-content-auth-data.js';
import { type FramedContent, framedContentCodec } from './framed-content.js';
import { type GroupContext, groupContextCodec } from './group-context.js';
import { MLS10 } from './protocol-version.js';

/** `AuthenticatedContent` (RFC 9420 §6). */
export interface AuthenticatedContent {
  readonly wireFormat: number;
  readonly content: FramedContent;
  readonly auth: FramedContentAuthData;
}

export const authenticatedContentCodec: Codec<AuthenticatedContent> = {
  write: (w, v) => {
    framedContentCodec.write(w.u16(v.wireFormat), v.content);
    writeAuthData(w, v.auth);
  },
  read: (r) => {
    const wireFormat = r.u16();
    const content = framedContentCodec.read(r);
    return { wireFormat, content, auth: readAuthData(r, content.body.type) };
  },
};

/** `FramedContentTBS` (RFC 9420 §6.1). Sign it under the label "FramedContentTBS". The context is signed by members and joiners only. */
export function framedContentTbs(
  wireFormat: number,
  content: FramedContent,
  context: GroupContext,
): Uint8Array {
  const writer = new Writer(4096).u16(MLS10).u16(wireFormat);
  framedContentCodec.write(writer, content);
  const { type } = content.sender;
  if (type === 'member' || type === 'new_member_commit') groupContextCodec.write(writer, context);
  return writer.finish();
}
