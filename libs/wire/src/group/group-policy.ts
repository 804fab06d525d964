import type { CodecValue } from '../tls/codec.js';
import { fixed, list, struct } from '../tls/combinators.js';

/** GroupContext extension 0xF0A0: the pseudonyms that administer a group (docs/protocol §2). */
export const groupPolicy = struct({ admins: list(fixed(32)) });
export type GroupPolicy = CodecValue<typeof groupPolicy>;
