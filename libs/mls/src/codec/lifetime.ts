import { type CodecValue, struct, u64 } from '@phoenix/wire';

/** From when to when a KeyPackage may be used, in seconds since 1970 (RFC 9420 §7.2). */
export const lifetimeCodec = struct({ notBefore: u64, notAfter: u64 });
export type Lifetime = CodecValue<typeof lifetimeCodec>;
