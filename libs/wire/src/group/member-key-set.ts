import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';

/** A member's link key and profile key, each an `Encrypted` with AAD `group id || pseudonym`; the DS opens none (docs/protocol §3). */
export const memberKeySet = struct({ wrappedLinkKey: opaque(256), wrappedProfileKey: opaque(256) });
export type MemberKeySet = CodecValue<typeof memberKeySet>;
