import type { Codec } from '@phoenix/wire';
import { type FramedContentAuthData, readAuthData, writeAuthData } from './framed-content-auth-data.js';
import { type FramedContent, framedContentCodec } from './framed-content.js';

/** `PublicMessage`: signed content in the clear, with a membership tag exactly when a member sent it (RFC 9420 §6.2). */
export interface PublicMessage {
  readonly content: FramedContent;
  readonly auth: FramedContentAuthData;
  readonly membershipTag: Uint8Array | undefined;
}

export const publicMessageCodec: Codec<PublicMessage> = {
  write: (w, v) => {
    framedContentCodec.write(w, v.content);
    writeAuthData(w, v.auth);
    if (v.membershipTag !== undefined) w.opaque(v.membershipTag);
  },
  read: (r) => {
    const content = framedContentCodec.read(r);
    const auth = readAuthData(r, content.body.type);
    return { content, auth, membershipTag: content.sender.type === 'member' ? r.opaque() : undefined };
  },
};
