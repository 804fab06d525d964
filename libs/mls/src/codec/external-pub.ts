import { type CodecValue, opaque, struct } from '@phoenix/wire';

/** The GroupInfo extension external_pub (RFC 9420 §12.4.3.2): the key inside has a length of its own. */
export const externalPubCodec = struct({ externalPub: opaque() });
export type ExternalPub = CodecValue<typeof externalPubCodec>;
