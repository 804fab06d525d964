import {
  clientId,
  type CodecValue,
  enumeration,
  fixed,
  groupId,
  groupKeys,
  list,
  opaque,
  optional,
  struct,
  u32,
  u64,
  u8,
  userId,
} from '@phoenix/wire';
import { ownLeaf } from '../packages/own-leaf.js';
import { recordKind } from '../store/record-kind.js';

/**
 * A member whose leaf was verified when it entered. `profileKeys` are its newest two, the newest first (docs/protocol §5: the AS
 * keeps two profiles). `vouchers` are the fingerprints of its credential and of what that hangs on, none of our own before others could know
 * it; `revoked` is 1 once one of them was revoked. `leftIn` is the epoch in which this leaf was gone or another one: late messages of the epochs before still
 * name it.
 */
export const memberRecord = struct({
  leaf: u32,
  signatureKey: fixed(32),
  pseudonym: fixed(32),
  clientId,
  credentialKey: fixed(32),
  profileKeys: list(fixed(32)),
  vouchers: list(fixed(32)),
  revoked: u8,
  leftIn: optional(u64),
});
export type MemberRecord = CodecValue<typeof memberRecord>;

/** A request that the DS has not answered yet: `field` of its operation, and the body to send again. */
export const pendingRequest = struct({ field: opaque(), body: opaque() });
export type PendingRequest = CodecValue<typeof pendingRequest>;

/** Who may join an open group by itself: whoever has its keys, unless someone is `expected`. */
export const openness = struct({ expected: optional(userId) });
export type Openness = CodecValue<typeof openness>;

/**
 * `active`; `out-of-sync`: it went on without us, and we come back by a resync; `damaged`: the DS has it but cannot open it by our key, and
 * we come back as soon as it can; `leaving`: we proposed our removal, which somebody
 * has to commit. In the others nothing is read or sent any more: `removed`, a commit put us out; `deleted`, by us or
 * without our hearing of it; `halted`: it went where
 * we do not follow, because a leaf or commit did not verify.
 */
export const groupStatus = enumeration({
  active: 1,
  removed: 2,
  halted: 3,
  'out-of-sync': 4,
  leaving: 5,
  deleted: 6,
  damaged: 7,
});
export type GroupStatus = CodecValue<typeof groupStatus>;

/**
 * One group as this client has it. `nextLeaf` is what our leaf becomes with the pending commit. `rotateFirst` is 1 when our leaf is to
 * be replaced before anything is said, after joining through a last-resort package and when entries of our queue are missing; 2 when at
 * once, since our queue is another. `open` while someone may join by itself. `leaving` is 1 once our removal was proposed, also
 * while we are out of sync. `ticket` is by what we ask for the group when it is not found. `read` are the newest messages' digests, by which repeated ones are known; `mls` is the engine's state.
 */
export const groupRecord = struct({
  id: groupId,
  keys: groupKeys,
  status: groupStatus,
  leaf: ownLeaf,
  nextLeaf: optional(ownLeaf),
  rotateFirst: u8,
  members: list(memberRecord),
  pending: optional(pendingRequest),
  open: optional(openness),
  leaving: u8,
  ticket: optional(opaque()),
  read: list(fixed(32)),
  mls: opaque(),
});
export type GroupRecord = CodecValue<typeof groupRecord>;

/** By group name. */
export const GROUP = recordKind('groups/', groupRecord);
