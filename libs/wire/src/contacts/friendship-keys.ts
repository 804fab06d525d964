import type { CodecValue } from '../tls/codec.js';
import { fixed, struct } from '../tls/combinators.js';

/** What a contact is given of us: to fetch and open our add packages, to sign its Welcomes to us, to wrap our profile key (docs/protocol §3). */
export const friendshipKeys = struct({
  friendshipToken: fixed(32),
  addPackageKey: fixed(32),
  attributionKey: fixed(32),
  profileKey: fixed(32),
});
export type FriendshipKeys = CodecValue<typeof friendshipKeys>;
