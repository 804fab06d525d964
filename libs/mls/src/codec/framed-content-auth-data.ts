import type { Reader, Writer } from '@phoenix/wire';
import type { ContentType } from './content-type.js';

/** `FramedContentAuthData`: a signature, and with a commit, and only then, the confirmation tag (RFC 9420 §6.1). */
export interface FramedContentAuthData {
  readonly signature: Uint8Array;
  readonly confirmationTag: Uint8Array | undefined;
}

export function writeAuthData(w: Writer, auth: FramedContentAuthData): void {
  w.opaque(auth.signature);
  if (auth.confirmationTag !== undefined) w.opaque(auth.confirmationTag);
}

/** The struct has no tag of its own: what it holds follows from the content's type. */
export function readAuthData(r: Reader, type: ContentType): FramedContentAuthData {
  return { signature: r.opaque(), confirmationTag: type === 'commit' ? r.opaque() : undefined };
}
