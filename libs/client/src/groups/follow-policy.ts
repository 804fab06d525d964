import { encode, equal } from '@phoenix/wire';
import { type Extension, extensionsCodec } from '@phoenix/mls';
import type { CredentialRule } from '../credentials/credential-rule.js';
import type { CommitOutcome, MlsGroup } from '../mls/mls-group.js';
import type { TakenCommit } from './follow-members.js';
import { adminsOf, contextExtensions } from './group-policy.js';
import type { MemberRecord } from './group-record.js';

/** What a group was before a commit, as far as it says what the commit may do. */
export interface PolicyBefore {
  readonly admins: readonly Uint8Array[];
  readonly extensions: readonly Extension[];
  readonly members: readonly MemberRecord[];
}

export function policyBefore(mls: MlsGroup, members: readonly MemberRecord[]): PolicyBefore {
  const present = members.filter(({ leftIn }) => leftIn === undefined);
  return { admins: adminsOf(mls), extensions: contextExtensions(mls), members: present };
}

/**
 * The rule of roles that another's commit breaks, if any (docs/protocol §3, §7): the DS holds members to them, and this client holds
 * the DS to it. `after` are the members it leads to.
 */
export function brokenPolicy(
  before: PolicyBefore,
  commit: TakenCommit,
  mls: MlsGroup,
  after: readonly MemberRecord[],
): CredentialRule | undefined {
  const changesOthers = commit.added.length + commit.removed.length > 0;
  const changesContext = !equal(contextBytes(before.extensions), contextBytes(contextExtensions(mls)));
  if (changesOthers && !isByAdmin(before, commit)) return 'client.policy.committer';
  if (changesContext && !isByAdmin(before, commit)) return 'client.policy.context';
  if (takesAdminsName(before, after)) return 'client.leaf.pseudonym';
  return hasAdmin(mls, after) ? undefined : 'client.policy.admin';
}

/** Whether an admin, in the tree, made the commit. */
export function isByAdmin(
  { admins, members }: PolicyBefore,
  { committer }: Extract<CommitOutcome, { readonly committer: number }>,
): boolean {
  const by = members.find(({ leaf }) => leaf === committer);
  return by !== undefined && isAmong(admins, by.pseudonym);
}

/** Whether someone who is listed is there: a group without an admin is nobody's, or everyone's. */
export function hasAdmin(mls: MlsGroup, members: readonly MemberRecord[]): boolean {
  const admins = adminsOf(mls);
  return members.some(({ leftIn, pseudonym }) => leftIn === undefined && isAmong(admins, pseudonym));
}

/** A listed pseudonym is its admin's: who took it as a new leaf would take the role with it. */
function takesAdminsName({ admins, members }: PolicyBefore, after: readonly MemberRecord[]): boolean {
  return after.some(
    ({ leaf, leftIn, pseudonym }) =>
      leftIn === undefined &&
      isAmong(admins, pseudonym) &&
      !members.some((known) => known.leaf === leaf && equal(known.pseudonym, pseudonym)),
  );
}

function isAmong(admins: readonly Uint8Array[], pseudonym: Uint8Array): boolean {
  return admins.some((admin) => equal(admin, pseudonym));
}

function contextBytes(extensions: readonly Extension[]): Uint8Array {
  return encode(extensionsCodec, [...extensions]);
}
