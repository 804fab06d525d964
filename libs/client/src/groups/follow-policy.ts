import { type Extension, ExtensionType, externalSendersCodec, findExtension } from '@phoenix/mls';
import { decode, encode, equal, EXTENSION_GROUP_POLICY, tryDecode, userId } from '@phoenix/wire';
import type { CommitOrigin, MlsGroup } from '../mls/mls-group.js';
import type { TakenCommit } from './follow-members.js';
import { adminsIn, adminsOf, contextExtensions, isAmong } from './group-policy.js';
import type { MemberRecord, Openness } from './group-record.js';
import type { GroupRule } from './group-rule.js';

/** What a group was before a commit, as far as it says what the commit may do. */
export interface PolicyBefore {
  readonly extensions: readonly Extension[];
  readonly members: readonly MemberRecord[];
  readonly open: Openness | undefined;
}

export function policyBefore(
  mls: Pick<MlsGroup, 'groupContext'>,
  members: readonly MemberRecord[],
  open: Openness | undefined,
): PolicyBefore {
  const present = members.filter(({ leftIn }) => leftIn === undefined);
  return { extensions: contextExtensions(mls), members: present, open };
}

/**
 * The rule of roles that another's commit breaks, if any (docs/protocol §3, §7): the DS holds members to them, and this client holds
 * the DS to it. `after` are the members it leads to. That a commit took all that was proposed is not asked: a DS that lets one
 * through that did not could have dropped the proposal as well.
 */
export function brokenPolicy(
  before: PolicyBefore,
  commit: TakenCommit,
  mls: Pick<MlsGroup, 'groupContext'>,
  after: readonly MemberRecord[],
): GroupRule | undefined {
  return (
    (commit.external ? brokenFromOutside(before, commit, after) : brokenByMember(before, commit)) ??
    brokenContext(before, commit, contextExtensions(mls), after) ??
    (takesAdminsName(before, commit, after) ? 'client.leaf.pseudonym' : undefined) ??
    (hasAdmin(mls, after) ? undefined : 'client.policy.admin')
  );
}

/** Adding is for admins; removing also for who commits what was proposed. */
function brokenByMember(before: PolicyBefore, commit: TakenCommit): GroupRule | undefined {
  const unasked = commit.removed.filter(({ leaf }) => !isProposed(commit, leaf));
  const isOwnDoing = commit.added.length + unasked.length > 0;
  return isOwnDoing && !isByAdmin(before, commit) ? 'client.policy.committer' : undefined;
}

/** A resync is followed as what it is; a join only into a group that waits for it. */
function brokenFromOutside(
  { members, open }: PolicyBefore,
  { added, removed, updated }: TakenCommit,
  after: readonly MemberRecord[],
): GroupRule | undefined {
  if (added.length + updated.length !== 1 || removed.length > 0) return 'client.policy.external';
  const [joiner] = added;
  if (joiner === undefined) return undefined;
  const known = after.find(({ leaf, leftIn }) => leaf === joiner.leaf && leftIn === undefined);
  const isExpected =
    open !== undefined &&
    known !== undefined &&
    (open.expected === undefined ||
      equal(encode(userId, open.expected), encode(userId, known.clientId.user)));
  return isExpected && members.length === 1 ? undefined : 'client.policy.open';
}

/** The GroupPolicy alone may change: by an admin, or to drop admins that the same commit removed. */
function brokenContext(
  before: PolicyBefore,
  commit: TakenCommit,
  extensions: readonly Extension[],
  after: readonly MemberRecord[],
): GroupRule | undefined {
  if (!hasSameRest(before.extensions, extensions)) return 'client.policy.extensions';
  const [former, admins] = [adminsIn(before.extensions), adminsIn(extensions)];
  const present = after.filter(({ leftIn }) => leftIn === undefined).map(({ pseudonym }) => pseudonym);
  const named = admins.filter((admin) => !isAmong(former, admin));
  const dropped = former.filter((admin) => !isAmong(admins, admin));
  if (named.some((admin) => !isAmong(present, admin))) return 'client.policy.newcomer';
  const isTidying = named.length === 0 && dropped.every((admin) => !isAmong(present, admin));
  if (isTidying && !commit.external) return undefined;
  return named.length + dropped.length > 0 && (commit.external || !isByAdmin(before, commit))
    ? 'client.policy.context'
    : undefined;
}

/** Whether all but the GroupPolicy stayed, and of the external senders at least their keys. */
export function hasSameRest(before: readonly Extension[], after: readonly Extension[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ type, data }) => {
      const now = findExtension(after, type);
      if (now === undefined) return false;
      if (type === EXTENSION_GROUP_POLICY) return true;
      return type === ExtensionType.externalSenders ? hasSameSenders(data, now) : equal(data, now);
    })
  );
}

function hasSameSenders(before: Uint8Array, after: Uint8Array): boolean {
  const [then, now] = [before, after].map((data) => tryDecode(() => decode(externalSendersCodec, data)));
  return (
    then !== undefined &&
    now?.length === then.length &&
    then.every(({ signatureKey }, i) => equal(signatureKey, now[i]!.signatureKey))
  );
}

/** Whether an admin, in the tree, made the commit. */
export function isByAdmin({ extensions, members }: PolicyBefore, { committer }: CommitOrigin): boolean {
  const by = members.find(({ leaf }) => leaf === committer);
  return by !== undefined && isAmong(adminsIn(extensions), by.pseudonym);
}

/** Whether the Remove of a leaf had been proposed: by itself or by the DS, as the engine has verified. */
export function isProposed({ proposed }: CommitOrigin, leaf: number): boolean {
  return proposed.some(({ removes }) => removes === leaf);
}

/** Whether someone who is listed is there: a group without an admin is nobody's, or everyone's. */
export function hasAdmin(mls: Pick<MlsGroup, 'groupContext'>, members: readonly MemberRecord[]): boolean {
  const admins = adminsOf(mls);
  return members.some(({ leftIn, pseudonym }) => leftIn === undefined && isAmong(admins, pseudonym));
}

/** A listed pseudonym is its admin's: who took it as a new leaf would take the role with it. */
function takesAdminsName(
  { extensions, members }: PolicyBefore,
  { external, updated }: TakenCommit,
  after: readonly MemberRecord[],
): boolean {
  const admins = adminsIn(extensions);
  // Who comes back from outside has its own pseudonym, as was verified with its leaf.
  const isReturning = (place: number) => external && updated.some((change) => change.after.leaf === place);
  return after.some(
    ({ leaf, leftIn, pseudonym }) =>
      leftIn === undefined &&
      isAmong(admins, pseudonym) &&
      !isReturning(leaf) &&
      !members.some((known) => known.leaf === leaf && equal(known.pseudonym, pseudonym)),
  );
}
