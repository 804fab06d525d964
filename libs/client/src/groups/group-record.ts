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
} from '@phoenix/wire';
import { ownLeaf } from '../packages/own-leaf.js';
import { recordKind } from '../store/record-kind.js';

/**
 * A member whose leaf was verified when it entered. `leftIn` is the epoch in which this leaf was gone or another one: late
 * messages of the epochs before still name it.
 */
export const memberRecord = struct({
  leaf: u32,
  signatureKey: fixed(32),
  pseudonym: fixed(32),
  clientId,
  credentialKey: fixed(32),
  leftIn: optional(u64),
});
export type MemberRecord = CodecValue<typeof memberRecord>;

/** A commit that the DS has not answered yet: `field` of its operation, and the body to send again. */
export const pendingCommit = struct({ field: opaque(), body: opaque() });
export type PendingCommit = CodecValue<typeof pendingCommit>;

/**
 * `active`; `removed`: a commit put us out; `halted`: the group went where we do not follow, because a leaf or commit did not
 * verify, or because one is missing. Nothing is sent to a group that is not active.
 */
export const groupStatus = enumeration({ active: 1, removed: 2, halted: 3 });
export type GroupStatus = CodecValue<typeof groupStatus>;

/**
 * One group as this client has it. `nextLeaf` is what our leaf becomes with the pending commit; `rotateFirst` is 1 from
 * joining through a last-resort package until our leaf was replaced; `read` are the newest messages' digests, by which repeated
 * ones are known; `mls` is the engine's state.
 */
export const groupRecord = struct({
  id: groupId,
  keys: groupKeys,
  status: groupStatus,
  leaf: ownLeaf,
  nextLeaf: optional(ownLeaf),
  rotateFirst: u8,
  members: list(memberRecord),
  pending: optional(pendingCommit),
  read: list(fixed(32)),
  mls: opaque(),
});
export type GroupRecord = CodecValue<typeof groupRecord>;

/** By group name. */
export const GROUP = recordKind('groups/', groupRecord);
