import { type Codec, DecodeError } from '@phoenix/wire';

/** `ProtocolVersion mls10` (RFC 9420 §6). */
export const MLS10 = 1;

/** The one version there is; any other is refused, since what follows it has no known shape. */
export const protocolVersionCodec: Codec<typeof MLS10> = {
  write: (w, v) => void w.u16(v),
  read: (r) => {
    if (r.u16() !== MLS10) throw new DecodeError('unknown-value');
    return MLS10;
  },
};
