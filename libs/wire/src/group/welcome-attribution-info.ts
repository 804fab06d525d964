import type { CodecValue } from '../tls/codec.js';
import { fixed, opaque, struct } from '../tls/combinators.js';
import { clientId } from '../ids/client-id.js';
import { groupId } from '../ids/group-id.js';

/** What the inviter signs with its client credential key, label `WelcomeAttributionInfo` (docs/protocol §3). */
export const welcomeAttributionInfoTbs = struct({ sender: clientId, groupId, welcomeHash: fixed(32) });
export type WelcomeAttributionInfoTbs = CodecValue<typeof welcomeAttributionInfoTbs>;

/** Who sent a Welcome; travels as an `Encrypted` under the recipient's attribution key, AAD group id. */
export const welcomeAttributionInfo = struct({
  sender: clientId,
  groupId,
  welcomeHash: fixed(32),
  signature: opaque(64),
});
export type WelcomeAttributionInfo = CodecValue<typeof welcomeAttributionInfo>;
