import {
  type Commit,
  type GroupInfoUpdate,
  type MlsCrypto,
  processCommit,
  type PublicMessage,
  type StagedCommit,
  type StoredProposal,
  withGroupInfoUpdate,
} from '@phoenix/mls';
import { commitAad, type CommitAad, encode, memberKeySet } from '@phoenix/wire';
import { judgeAdmins } from './admin-change.js';
import { checkGroupInfo } from './check-group-info.js';
import { checkProposals } from './check-proposals.js';
import { commitFacts } from './commit-facts.js';
import { checkPseudonyms } from './entering-pseudonyms.js';
import type { MemberOperation } from './group-facts.js';
import { checkInvitation, type Invitation, joinersOf } from './joiner.js';
import { breaks, holds, type Judged } from './judged.js';
import type { GroupMoment, JudgedCommit } from './judged-commit.js';
import { leafChanges } from './leaf-changes.js';
import { nextMemberKeys } from './member-keys.js';
import { ownLeafOf } from './own-leaf.js';
import { checkQueuesApart, homeQueue } from './queue-of.js';
import { read } from './read.js';
import type { RosterLeaf } from './roster-leaves.js';
import { checkPackageSizes, checkPathSecrets } from './sent-sizes.js';
import { checkKeySetSizes, checkLeafSizes } from './state-sizes.js';

/** A commit as a client asks for it. */
export interface CommitProposal {
  readonly operation: MemberOperation;
  readonly message: PublicMessage;
  readonly commit: Commit;
  readonly groupInfoUpdate: GroupInfoUpdate;
  /** With `addUsers`, and only there. */
  readonly invitation: Invitation | undefined;
}

export interface JudgingContext {
  readonly crypto: MlsCrypto;
  readonly homeDomain: string;
  readonly nowMs: number;
  readonly month: number;
  /** The largest tree, in leaves; a power of two. */
  readonly maxLeaves: number;
}

/**
 * Checks a member's commit, which takes in all `proposals` of the store, against RFC 9420 and the DS's own rules
 * (docs/protocol §7). Pure: a refused commit has changed nothing.
 */
export function judgeCommit(
  moment: GroupMoment,
  proposal: CommitProposal,
  proposals: readonly StoredProposal[],
  context: JudgingContext,
): Judged<JudgedCommit> {
  const aad = read(commitAad, proposal.message.content.authenticatedData);
  if (aad === undefined) return breaks('ds.commit.aad');
  const unfit = checkProposals(proposal.operation, proposal.commit) ?? checkPathSecrets(proposal.commit.path);
  if (unfit !== undefined) return breaks(unfit);

  const { crypto, nowMs, maxLeaves } = context;
  const now = Math.floor(nowMs / 1000);
  const staged = processCommit(moment.group, proposal.message, { crypto, now, maxLeaves, proposals });
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
    checkKeySetSizes([...aad.added, ...(aad.own ? [aad.own] : [])]) ??
    checkLeafSizes(group, entering) ??
    checkPackageSizes(staged.added);
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
  const admins = judgeAdmins({
    operation,
    old: moment.group,
    next: group,
    from: before,
    to: own.value,
    leaves,
  });
  if (!admins.ok) return admins;
  const queues = [
    ...joiners.value.map((joiner) => joiner.queue),
    ...(aad.ownQueueConfig ? [queue.value] : []),
  ];
  const taken =
    checkPseudonyms(moment.roster.leaves, admins.value.before, change, before) ??
    checkQueuesApart(moment.roster.leaves, committer, queues);
  if (taken !== undefined) return breaks(taken);

  const keySets = aad.added.map((keys) => encode(memberKeySet, keys));
  const ownKeys = aad.own && encode(memberKeySet, aad.own);
  const { keys: memberKeys, delta: keysDelta } = nextMemberKeys(moment.memberKeys, {
    ...change,
    keySets,
    ownKeys,
  });
  const facts = commitFacts(operation, before, admins.value, leaves, {
    added: joiners.value.length,
    removed: removed.length,
  });
  if (operation === 'deleteGroup' && facts.members > 1) return breaks('ds.delete.all-others');
  const author = { leaf: committer, key: before.signatureKey };
  return holds({ committer, author, group, leaves, memberKeys, keysDelta, joiners: joiners.value, facts });
}
