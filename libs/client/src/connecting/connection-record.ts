import { type CodecValue, enumeration, fixed, optional, struct, u8, userId } from '@phoenix/wire';
import { pendingRequest } from '../groups/group-record.js';
import { recordKind } from '../store/record-kind.js';
import { text } from '../store/text.js';

/**
 * A group for two in which friendship keys are exchanged, for as long as we are in it. `target` is what `connect` was asked for,
 * empty where we accepted; `peer` and `credentialKey` are who the other has to be, undefined while only an alias is known; `request`
 * is the offer that the AS has not answered yet; `met` is 1 once the other was
 * in the group, `greeted` once our present friendship keys were put into the outbox for it; `ending` is 1
 * when the group is to be left or deleted.
 */
export const connectionRecord = struct({
  role: enumeration({ initiator: 1, responder: 2 }),
  target: text,
  peer: optional(userId),
  credentialKey: optional(fixed(32)),
  request: optional(pendingRequest),
  met: u8,
  greeted: u8,
  ending: u8,
});
export type ConnectionRecord = CodecValue<typeof connectionRecord>;

/** By group name. */
export const CONNECTION = recordKind('connections/', connectionRecord);
