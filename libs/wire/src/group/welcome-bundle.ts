import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';
import { groupId } from '../ids/group-id.js';

/** All that an added client gets: the Welcome as an MLSMessage, the encrypted WelcomeAttributionInfo, and where (docs/protocol §7). */
export const welcomeBundle = struct({ welcome: opaque(), attribution: opaque(4096), groupId });
export type WelcomeBundle = CodecValue<typeof welcomeBundle>;
