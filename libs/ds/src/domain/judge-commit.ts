import {
  type Commit,
  type GroupInfoUpdate,
  type MlsCrypto,
  processCommit,
  type PublicGroup,
  type PublicMessage,
  type StagedCommit,
  withGroupInfoUpdate,
} from '@phoenix/mls';
import { commitAad, type CommitAad, encode, equal, memberKeySet } from '@phoenix/wire';
import { checkContextChange, checkPolicyChange, listedAdmins } from './admins.js';
import { checkGroupInfo } from './check-group-info.js';
import { checkProposals } from './check-proposals.js';
import type { GroupFacts, GroupOperation } from './group-facts.js';
import { checkInvitation, type Invitation, type Joiner, joinersOf } from './joiner.js';
import { breaks, holds, type Judged } from './judged.js';
import { type MemberKeys, nextMemberKeys } from './member-keys.js';
import { nextLeaves } from './next-leaves.js';
import { type OwnLeaf, ownLeafOf } from './own-leaf.js';
import { pseudonymKey, pseudonymSet } from './pseudonyms.js';
import { homeQueue } from './queue-of.js';
import { read } from './read.js';
import type { Roster, RosterLeaf } from './roster.js';
import type { DsRuleId } from './rules.js';

/** A commit as a client asks for it. */
export interface CommitProposal {
  readonly operation: Exclude<GroupOperation, 'createGroup'>;
  readonly message: PublicMessage;
  readonly commit: Commit;
  readonly groupInfoUpdate: GroupInfoUpdate;
  /** With `addUsers`, and only there. */
  readonly invitation: Invitation | undefined;
}

/** The group it is judged against. */
export interface GroupMoment {
  readonly roster: Roster;
  readonly group: PublicGroup;
  readonly memberKeys: MemberKeys;
}

export interface JudgingContext {
  readonly crypto: MlsCrypto;
  readonly homeDomain: string;
  readonly nowMs: number;
  readonly month: number;
  /** The largest tree, in leaves; a power of two. */
  readonly maxLeaves: number;
}

/** A commit that holds, and what it makes of the group. Whether its committer may is for the GroupPolicy to say. */
export interface JudgedCommit {
  readonly committer: number;
  readonly group: PublicGroup;
  readonly leaves: readonly (RosterLeaf | undefined)[];
  readonly memberKeys: MemberKeys;
  readonly joiners: readonly Joiner[];
  readonly facts: GroupFacts;
}

/** Checks a commit against RFC 9420 and the DS's own rules (docs/protocol §7). Pure: a refused commit has changed nothing. */
export function judgeCommit(
  moment: GroupMoment,
  proposal: CommitProposal,
  context: JudgingContext,
): Judged<JudgedCommit> {
  const aad = read(commitAad, proposal.message.content.authenticatedData);
  if (aad === undefined) return breaks('ds.commit.aad');
  const unfit = checkProposals(proposal.operation, proposal.commit);
  if (unfit !== undefined) return breaks(unfit);

  const { crypto, nowMs, maxLeaves } = context;
  const now = Math.floor(nowMs / 1000);
  const staged = processCommit(moment.group, proposal.message, { crypto, now, maxLeaves });
  if (!staged.ok) return staged;
  const { committer, group: next } = staged.value;
  const group = withGroupInfoUpdate(next, committer, proposal.groupInfoUpdate, crypto);
  if (!group.ok) return group;
  const badInfo = checkGroupInfo(proposal.groupInfoUpdate.extensions);
  if (badInfo !== undefined) return breaks(badInfo);
  return judgeStaged(moment, proposal, { ...staged.value, group: group.value }, aad, context);
}

function judgeStaged(
  moment: GroupMoment,
  { operation, invitation }: CommitProposal,
  staged: StagedCommit,
  aad: CommitAad,
  context: JudgingContext,
): Judged<JudgedCommit> {
  const { committer, group } = staged;
  const before = moment.roster.leaves[committer] as RosterLeaf;
  const joiners = joinersOf(staged.added, context);
  if (!joiners.ok) return joiners;
  if (aad.added.length !== joiners.value.length) return breaks('ds.commit.key-sets');
  const uninvited = invitation && checkInvitation(joiners.value, invitation);
  if (uninvited !== undefined) return breaks(uninvited);
  const own = ownLeafOf(staged.path, before, aad, context.nowMs);
  if (!own.ok) return own;
  const queue = aad.ownQueueConfig && homeQueue(aad.ownQueueConfig, context.homeDomain);
  if (queue?.ok === false) return queue;

  const removed = staged.removed.map(({ leafIndex }) => leafIndex);
  const month = context.month;
  const change = { committer, own: own.value, queue: queue?.value, joiners: joiners.value, removed, month };
  const leaves = nextLeaves(moment.roster.leaves, change);
  const admins = judgeAdmins(moment, group, before, own.value, leaves);
  if (!admins.ok) return admins;
  const taken = checkPseudonyms(moment.roster.leaves, admins.value.before, before, own.value, joiners.value);
  if (taken !== undefined) return breaks(taken);

  const keySets = aad.added.map((keys) => encode(memberKeySet, keys));
  const ownKeys = aad.own && encode(memberKeySet, aad.own);
  const memberKeys = nextMemberKeys(moment.memberKeys, { ...change, keySets, ownKeys });
  const facts = factsOf(operation, before, admins.value, leaves, joiners.value.length, removed.length);
  return holds({ committer, group, leaves, memberKeys, joiners: joiners.value, facts });
}

interface Admins {
  readonly before: readonly Uint8Array[];
  readonly after: readonly Uint8Array[];
}

function judgeAdmins(
  { group: old }: GroupMoment,
  group: PublicGroup,
  from: RosterLeaf,
  to: OwnLeaf,
  leaves: readonly (RosterLeaf | undefined)[],
): Judged<Admins> {
  const [oldExtensions, extensions] = [old.groupContext.extensions, group.groupContext.extensions];
  const [before, after] = [listedAdmins(oldExtensions), listedAdmins(extensions)];
  if (before === undefined || after === undefined) return breaks('ds.policy.form');
  const swap = { from: from.pseudonym, to: to.pseudonym };
  const present = pseudonymSet(leaves.flatMap((leaf) => leaf?.pseudonym ?? []));
  const rule =
    checkContextChange(oldExtensions, extensions) ?? checkPolicyChange({ before, after, swap, present });
  return rule === undefined ? holds({ before, after }) : breaks(rule);
}

/** Rule `ds.leaf.pseudonym`. */
function checkPseudonyms(
  leaves: Roster['leaves'],
  admins: readonly Uint8Array[],
  before: RosterLeaf,
  own: OwnLeaf,
  joiners: readonly Joiner[],
): DsRuleId | undefined {
  const entering = joiners.map(({ pseudonym }) => pseudonym);
  if (!equal(before.pseudonym, own.pseudonym)) entering.push(own.pseudonym);
  const keys = pseudonymSet(entering);
  const known = [...leaves.flatMap((leaf) => leaf?.pseudonym ?? []), ...admins];
  const isTaken = keys.size < entering.length || known.some((pseudonym) => keys.has(pseudonymKey(pseudonym)));
  return isTaken ? 'ds.leaf.pseudonym' : undefined;
}

function factsOf(
  operation: GroupOperation,
  actor: RosterLeaf,
  admins: Admins,
  leaves: readonly (RosterLeaf | undefined)[],
  added: number,
  removed: number,
): GroupFacts {
  const [listedBefore, listed] = [pseudonymSet(admins.before), pseudonymSet(admins.after)];
  const members = leaves.filter((leaf) => leaf !== undefined);
  return {
    operation,
    actorIsAdmin: listedBefore.has(pseudonymKey(actor.pseudonym)),
    added,
    removed,
    members: members.length,
    admins: members.filter(({ pseudonym }) => listed.has(pseudonymKey(pseudonym))).length,
  };
}
