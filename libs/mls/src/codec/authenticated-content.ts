import type { Codec } from '@phoenix/wire';
import { FramedBytes } from './framed-bytes.js';
import { type FramedContentAuthData, readAuthData, writeAuthData } from './framed-content-auth-data.js';
import { type FramedContent, framedContentCodec } from './framed-content.js';
import type { GroupContext } from './group-context.js';

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
  return new FramedBytes(wireFormat, content).tbs(context);
}
