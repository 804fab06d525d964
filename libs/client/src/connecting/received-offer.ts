import { type CodecValue, fixed, struct } from '@phoenix/wire';
import { groupOffer } from '../groups/connection-group.js';
import { recordKind } from '../store/record-kind.js';
import { text } from '../store/text.js';

/** A verified offer that its user has not answered: `credentialKey` is its sender's, `queue` the one that it lay in. */
export const receivedOffer = struct({ group: groupOffer, credentialKey: fixed(32), queue: text });
export type ReceivedOffer = CodecValue<typeof receivedOffer>;

/** By the sender's user id, written out: the newest of each. */
export const OFFER = recordKind('offers/', receivedOffer);
