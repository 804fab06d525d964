import type { Extension } from '../codec/extension.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { Proposal } from '../codec/proposal.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { TreeDraft } from '../tree/tree-draft.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import { type AddedMember, applyAdds } from './apply-adds.js';
import { applyLeafChanges } from './apply-leaf-changes.js';
import { checkCommitFraming, type FramedMemberCommit } from './check-commit-framing.js';
import { checkCommitPath } from './check-commit-path.js';
import { checkMembersFit, checkNextEpoch } from './check-next-epoch.js';
import { type CommittedProposal, committedProposals } from './committed-proposals.js';
import { nextEpoch } from './next-epoch.js';
import { checkProposalList, type ProposalList } from './proposal-list.js';
import type { Member, PublicGroup } from './public-group.js';
import type { StoredProposal } from './stored-proposal.js';

/** What a commit is checked against, besides the group. */
export interface CommitContext {
  /** Speaks the group's cipher suite. */
  readonly crypto: MlsCrypto;
  /** Seconds since 1970, for the lifetimes of the KeyPackages that are added. */
  readonly now: number;
  /** Places for leaves that may be taken: an Add beyond is refused. */
  readonly maxLeaves: number;
  /** What a commit may name by reference; none, if left out. Those of other epochs are passed over. */
  readonly proposals?: readonly StoredProposal[];
}

/** A leaf before and after. */
export interface LeafChange {
  readonly before: LeafNode;
  readonly after: LeafNode;
}

/** A commit that holds. It has changed nothing: the next epoch's state is `group`. */
export interface StagedCommit {
  readonly committer: number;
  readonly authenticatedData: Uint8Array;
  /** By value and by reference, in the commit's order. */
  readonly proposals: readonly Proposal[];
  /** Those that were named by reference: the ProposalRefs. */
  readonly references: readonly Uint8Array[];
  /** In the order of the Adds, with the leaf that each took. */
  readonly added: readonly AddedMember[];
  /** Other members' leaves that their Updates replaced. */
  readonly updated: readonly (LeafChange & { readonly leafIndex: number })[];
  readonly removed: readonly Member[];
  /** The committer's leaf before and after, if the commit has a path. */
  readonly path: LeafChange | undefined;
  /** Those of the GroupContextExtensions proposal, if there is one. */
  readonly groupContextExtensions: readonly Extension[] | undefined;
  /** The group of the next epoch; without a GroupInfo until `withGroupInfoUpdate`. */
  readonly group: PublicGroup;
}

/**
 * Checks a member's commit against a group and stages what it makes of it (RFC 9420 §12.4.2). The given group is never
 * changed, so a refused commit leaves nothing to undo. What needs secrets stays unchecked: see `UNCHECKABLE`.
 */
export function processCommit(
  group: PublicGroup,
  message: PublicMessage,
  context: CommitContext,
): Checked<StagedCommit> {
  const framed = checkCommitFraming(group, message, context.crypto);
  if (!framed.ok) return framed;
  const { commit, committer } = framed.value;
  const proposals = committedProposals(group, commit, committer, context.proposals ?? []);
  if (!proposals.ok) return proposals;
  const list = checkProposalList(group, proposals.value, committer, commit.path !== undefined);
  if (!list.ok) return list;
  const changed = changeGroup(group, framed.value, list.value, context);
  if (!changed.ok) return changed;
  const { authenticatedData } = message.content;
  return accept(
    staged(group, framed.value, proposals.value, list.value, { authenticatedData, ...changed.value }),
  );
}

interface ChangedGroup {
  readonly group: PublicGroup;
  readonly added: readonly AddedMember[];
}

/** Applies the proposals in the order of RFC 9420 §12.3, then the path. */
function changeGroup(
  group: PublicGroup,
  framed: FramedMemberCommit,
  { adds, updates, removes, groupContextExtensions, reInit }: ProposalList,
  context: CommitContext,
): Checked<ChangedGroup> {
  const { crypto } = context;
  const { committer, commit } = framed;
  const before = group.leaf(committer) as LeafNode;
  const last = checkNextEpoch(group);
  if (last !== undefined) return refuse(last);

  const draft = new TreeDraft(group.tree, crypto);
  const clash = applyLeafChanges(draft, updates, removes);
  if (clash !== undefined) return refuse(clash);
  const added = applyAdds(draft, adds, group.cipherSuite, context);
  if (!added.ok) return added;
  const newLeaves = added.value.map(({ leafIndex }) => leafIndex);
  const changed = [committer, ...updates.map(({ leafIndex }) => leafIndex), ...newLeaves];
  const rule =
    (commit.path && checkCommitPath(draft, group, committer, before, commit.path, newLeaves, crypto)) ??
    checkMembersFit(draft.nodes, before, changed, group.groupContext.extensions, groupContextExtensions);
  if (rule !== undefined) return refuse(rule);
  const extensions = groupContextExtensions ?? group.groupContext.extensions;
  const result = { tree: draft.freeze(), extensions, reInit };
  return accept({ group: nextEpoch(group, framed, result, crypto), added: added.value });
}

function staged(
  old: PublicGroup,
  { committer, commit }: FramedMemberCommit,
  proposals: readonly CommittedProposal[],
  { updates, removes, groupContextExtensions }: ProposalList,
  rest: ChangedGroup & { authenticatedData: Uint8Array },
): StagedCommit {
  const leafOf = (leafIndex: number): LeafNode => old.leaf(leafIndex) as LeafNode;
  const { path } = commit;
  return {
    committer,
    proposals: proposals.map(({ proposal }) => proposal),
    references: proposals.flatMap(({ ref }) => (ref === undefined ? [] : [ref])),
    updated: updates.map(({ leafIndex, leaf }) => ({ leafIndex, before: leafOf(leafIndex), after: leaf })),
    removed: removes.map((leafIndex) => ({ leafIndex, leaf: leafOf(leafIndex) })),
    path: path && { before: leafOf(committer), after: path.leafNode },
    groupContextExtensions,
    ...rest,
  };
}
