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
import { commitAad, type CommitAad, encode, memberKeySet } from '@phoenix/wire';
import { judgeAdmins } from './admin-change.js';
import { checkGroupInfo } from './check-group-info.js';
import { checkProposals } from './check-proposals.js';
import { commitFacts } from './commit-facts.js';
import { checkPseudonyms } from './entering-pseudonyms.js';
import type { GroupFacts, GroupOperation } from './group-facts.js';
import { checkInvitation, type Invitation, type Joiner, joinersOf } from './joiner.js';
import { breaks, holds, type Judged } from './judged.js';
import { leafChanges } from './leaf-changes.js';
import { type MemberKeys, nextMemberKeys } from './member-keys.js';
import { ownLeafOf } from './own-leaf.js';
import { homeQueue } from './queue-of.js';
import { read } from './read.js';
import type { Roster } from './roster.js';
import type { RosterLeaf, RosterLeaves } from './roster-leaves.js';
import type { RowsDelta } from './rows-delta.js';
import { checkKeySetSizes, checkLeafSizes } from './state-sizes.js';

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
  readonly leaves: RosterLeaves;
  readonly memberKeys: MemberKeys;
  /** From the new key sets back to those before. */
  readonly keysDelta: RowsDelta;
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
  const before = moment.roster.leaves.at(committer) as RosterLeaf;
  const joiners = joinersOf(staged.added, context);
  if (!joiners.ok) return joiners;
  if (aad.added.length !== joiners.value.length) return breaks('ds.commit.key-sets');
  const entering = [committer, ...joiners.value.map(({ leafIndex }) => leafIndex)];
  const unfit =
    checkKeySetSizes([...aad.added, ...(aad.own ? [aad.own] : [])]) ?? checkLeafSizes(group, entering);
  if (unfit !== undefined) return breaks(unfit);
  const uninvited = invitation && checkInvitation(joiners.value, invitation);
  if (uninvited !== undefined) return breaks(uninvited);
  const own = ownLeafOf(staged.path, before, aad, context.nowMs);
  if (!own.ok) return own;
  const queue = aad.ownQueueConfig ? homeQueue(aad.ownQueueConfig, context.homeDomain) : holds(before.queue);
  if (!queue.ok) return queue;

  const removed = staged.removed.map(({ leafIndex }) => leafIndex);
  const { month } = context;
  const change = { committer, own: own.value, queue: queue.value, joiners: joiners.value, removed, month };
  const leaves = moment.roster.leaves.changed(leafChanges(change));
  const admins = judgeAdmins({ old: moment.group, next: group, from: before, to: own.value, leaves });
  if (!admins.ok) return admins;
  const taken = checkPseudonyms(moment.roster.leaves, admins.value.before, change, before);
  if (taken !== undefined) return breaks(taken);

  const keySets = aad.added.map((keys) => encode(memberKeySet, keys));
  const ownKeys = aad.own && encode(memberKeySet, aad.own);
  const { keys: memberKeys, delta: keysDelta } = nextMemberKeys(moment.memberKeys, {
    ...change,
    keySets,
    ownKeys,
  });
  const facts = commitFacts(operation, before, admins.value, leaves, change);
  return holds({ committer, group, leaves, memberKeys, keysDelta, joiners: joiners.value, facts });
}
