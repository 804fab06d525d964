import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';

/**
 * What a committer adds so that the DS can complete the new epoch's GroupInfo: `extensions` holds the encoding of
 * `Extension extensions<V>`, length included; `signature` is over the GroupInfoTBS of RFC 9420 §12.4.3 (docs/protocol §7).
 */
export const groupInfoUpdate = struct({ extensions: opaque(65536), signature: opaque(64) });
export type GroupInfoUpdate = CodecValue<typeof groupInfoUpdate>;
