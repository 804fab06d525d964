import {
  type Commit,
  type GroupInfoUpdate,
  processExternalCommit,
  type PublicMessage,
  type StagedExternalCommit,
  withGroupInfoUpdate,
} from '@phoenix/mls';
import { commitAad, type CommitAad, encode, equal, memberKeySet } from '@phoenix/wire';
import { listedAdmins } from './admins.js';
import { checkGroupInfo } from './check-group-info.js';
import { commitFacts } from './commit-facts.js';
import { checkPseudonyms } from './entering-pseudonyms.js';
import type { ExternalOperation } from './group-facts.js';
import type { JudgingContext } from './judge-commit.js';
import { breaks, holds, type Judged } from './judged.js';
import type { GroupMoment, JudgedCommit } from './judged-commit.js';
import { leafChanges } from './leaf-changes.js';
import { keySetsOf, nextMemberKeys } from './member-keys.js';
import { newLeafOf, type OwnLeaf, ownLeafOf } from './own-leaf.js';
import { checkQueuesApart, homeQueue } from './queue-of.js';
import { read } from './read.js';
import type { RosterLeaf } from './roster-leaves.js';
import type { DsRuleId } from './rules.js';
import { checkPathSecrets } from './sent-sizes.js';
import { checkKeySetSizes, checkLeafSizes } from './state-sizes.js';

/** A commit from outside the group, as its sender asks for it. */
export interface ExternalProposal {
  readonly message: PublicMessage;
  readonly commit: Commit;
  readonly groupInfoUpdate: GroupInfoUpdate;
  /** With resyncClient, the leaf that signed the request. */
  readonly returning: number | undefined;
}

/**
 * Checks an external commit against RFC 9420 and the DS's own rules (docs/protocol §7): a contact that joins, or a member
 * that comes back. What is pending it cannot take in, and does not have to. Pure, as `judgeCommit` is.
 */
export function judgeExternalCommit(
  moment: GroupMoment,
  proposal: ExternalProposal,
  context: JudgingContext,
): Judged<JudgedCommit> {
  const aad = read(commitAad, proposal.message.content.authenticatedData);
  if (aad === undefined) return breaks('ds.commit.aad');
  const unfit = checkOthers(proposal) ?? checkPathSecrets(proposal.commit.path);
  if (unfit !== undefined) return breaks(unfit);
  const { crypto, nowMs, maxLeaves } = context;
  const now = Math.floor(nowMs / 1000);
  const staged = processExternalCommit(moment.group, proposal.message, { crypto, now, maxLeaves });
  if (!staged.ok) return staged;
  const group = withGroupInfoUpdate(
    staged.value.group,
    staged.value.joiner,
    proposal.groupInfoUpdate,
    crypto,
  );
  if (!group.ok) return group;
  const badInfo = checkGroupInfo(proposal.groupInfoUpdate.extensions);
  if (badInfo !== undefined) return breaks(badInfo);
  return judgeStaged(moment, proposal.returning, { ...staged.value, group: group.value }, aad, context);
}

/** The former key of who joins: nobody signs like that, so a join is known as one, and by its bytes alone. */
const NO_KEY = new Uint8Array(0);

/** What of an external commit's proposals is the DS's own affair; the ExternalInit is RFC 9420's. */
function checkOthers({ commit, returning }: ExternalProposal): DsRuleId | undefined {
  const others = commit.proposals.filter(
    (item) => item.type !== 'proposal' || item.proposal.type !== 'external_init',
  );
  if (returning === undefined) return others.length === 0 ? undefined : 'ds.join.only-init';
  const [remove, ...more] = others;
  const isIt =
    remove?.type === 'proposal' &&
    remove.proposal.type === 'remove' &&
    remove.proposal.removed === returning &&
    more.length === 0;
  return isIt ? undefined : 'ds.resync.only-replace';
}

function judgeStaged(
  moment: GroupMoment,
  returning: number | undefined,
  staged: StagedExternalCommit,
  aad: CommitAad,
  context: JudgingContext,
): Judged<JudgedCommit> {
  const { joiner: committer, group } = staged;
  const before = returning === undefined ? undefined : moment.roster.leaves.at(returning);
  const unfit =
    (aad.added.length > 0 ? 'ds.commit.key-sets' : undefined) ??
    checkKeySetSizes(aad.own ? [aad.own] : []) ??
    checkLeafSizes(group, [committer]);
  if (unfit !== undefined) return breaks(unfit);
  const own = enteringLeaf(staged, before, aad, context.nowMs);
  if (!own.ok) return own;
  const config = aad.ownQueueConfig ?? before?.queue;
  if (config === undefined) return breaks('ds.join.queue-config');
  const queue = homeQueue(config, context.homeDomain);
  if (!queue.ok) return queue;

  const { month } = context;
  const removed = returning === undefined ? [] : [returning];
  const change = { committer, own: own.value, queue: queue.value, joiners: [], removed, month };
  const admins = listedAdmins(group.groupContext.extensions);
  if (admins === undefined) return breaks('ds.policy.form');
  const taken =
    checkPseudonyms(moment.roster.leaves, admins, change, before) ??
    checkQueuesApart(moment.roster.leaves, returning, aad.ownQueueConfig ? [queue.value] : []);
  if (taken !== undefined) return breaks(taken);

  const leaves = moment.roster.leaves.changed(leafChanges(change));
  const ownKeys = aad.own
    ? encode(memberKeySet, aad.own)
    : keySetsOf(moment.memberKeys)[staged.replaced?.leafIndex ?? committer];
  const { keys, delta } = nextMemberKeys(moment.memberKeys, { ...change, keySets: [], ownKeys });
  const operation: ExternalOperation = before === undefined ? 'joinConnectionGroup' : 'resyncClient';
  const actor = before ?? own.value;
  const facts = commitFacts(operation, actor, { before: admins, after: admins }, leaves, {
    added: before === undefined ? 1 : 0,
    removed: 0,
  });
  const author = { leaf: returning ?? committer, key: before?.signatureKey ?? NO_KEY };
  return holds({ committer, author, group, leaves, memberKeys: keys, keysDelta: delta, joiners: [], facts });
}

/** The leaf that comes in, with its own key set; of a member that comes back, the credential may be the old one. */
function enteringLeaf(
  { leaf, replaced }: StagedExternalCommit,
  before: RosterLeaf | undefined,
  aad: CommitAad,
  nowMs: number,
): Judged<OwnLeaf> {
  if (before === undefined || replaced === undefined)
    return aad.own === undefined ? breaks('ds.commit.own-keys') : newLeafOf(leaf, nowMs);
  const own = ownLeafOf({ before: replaced.leaf, after: leaf }, before, aad, nowMs);
  if (!own.ok) return own;
  return equal(own.value.pseudonym, before.pseudonym) ? own : breaks('ds.resync.pseudonym');
}
