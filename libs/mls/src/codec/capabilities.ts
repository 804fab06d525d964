import { type CodecValue, list, struct, u16 } from '@phoenix/wire';

/** What a client supports: code points, besides the defaults of RFC 9420 §7.2, which are never listed. */
export const capabilitiesCodec = struct({
  versions: list(u16),
  cipherSuites: list(u16),
  extensions: list(u16),
  proposals: list(u16),
  credentials: list(u16),
});
export type Capabilities = CodecValue<typeof capabilitiesCodec>;
