import type { Extension } from '../codec/extension.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { Proposal } from '../codec/proposal.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { TreeDraft } from '../tree/tree-draft.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import { type AddedMember, applyAdds } from './apply-adds.js';
import { checkCommitFraming, type FramedCommit } from './check-commit-framing.js';
import { checkCommitPath } from './check-commit-path.js';
import { checkMembersFit, checkNewContext } from './check-new-context.js';
import { checkProposalList, type ProposalList } from './proposal-list.js';
import { type Member, PublicGroup } from './public-group.js';
import {
  confirmedTranscriptHash,
  confirmedTranscriptHashInput,
  interimTranscriptHash,
} from './transcript-hash.js';

/** What a commit is checked against, besides the group. */
export interface CommitContext {
  /** Speaks the group's cipher suite. */
  readonly crypto: MlsCrypto;
  /** Seconds since 1970, for the lifetimes of the KeyPackages that are added. */
  readonly now: number;
  /** Places for leaves that may be taken: an Add beyond is refused. */
  readonly maxLeaves: number;
}

/** A commit that holds. It has changed nothing: the next epoch's state is `group`. */
export interface StagedCommit {
  readonly committer: number;
  readonly authenticatedData: Uint8Array;
  readonly proposals: readonly Proposal[];
  /** In the order of the Adds, with the leaf that each took. */
  readonly added: readonly AddedMember[];
  readonly removed: readonly Member[];
  /** The committer's leaf before and after, if the commit has a path. */
  readonly path: { readonly before: LeafNode; readonly after: LeafNode } | undefined;
  /** Those of the GroupContextExtensions proposal, if there is one. */
  readonly groupContextExtensions: readonly Extension[] | undefined;
  /** The group of the next epoch; without a GroupInfo until `withGroupInfoUpdate`. */
  readonly group: PublicGroup;
}

/**
 * Checks a commit against a group and stages what it makes of it (RFC 9420 §12.4.2). The given group is never changed,
 * so a refused commit leaves nothing to undo. What needs secrets (the tags, the path's ciphertexts) stays unchecked.
 */
export function processCommit(
  group: PublicGroup,
  message: PublicMessage,
  context: CommitContext,
): Checked<StagedCommit> {
  const framed = checkCommitFraming(group, message, context.crypto);
  if (!framed.ok) return framed;
  const list = checkProposalList(group, framed.value.commit, framed.value.committer);
  return list.ok ? stage(group, message, framed.value, list.value, context) : list;
}

/** Applies the proposals in the order of RFC 9420 §12.3, then the path. */
function stage(
  group: PublicGroup,
  message: PublicMessage,
  framed: FramedCommit,
  list: ProposalList,
  context: CommitContext,
): Checked<StagedCommit> {
  const { committer, commit, confirmationTag } = framed;
  const before = group.leaf(committer) as LeafNode;
  const extensions = list.groupContextExtensions ?? group.groupContext.extensions;
  const malformed = checkNewContext(group, extensions);
  if (malformed !== undefined) return refuse(malformed);

  const draft = new TreeDraft(group.tree, context.crypto);
  for (const leafIndex of list.removes) draft.remove(leafIndex);
  draft.truncate();
  const added = applyAdds(draft, list.adds, group.cipherSuite, context);
  if (!added.ok) return added;
  const newLeaves = added.value.map(({ leafIndex }) => leafIndex);
  const rule =
    (commit.path && checkCommitPath(draft, group, committer, commit.path, newLeaves, context.crypto)) ??
    checkMembersFit(draft.nodes, before, [committer, ...newLeaves], extensions, list.groupContextExtensions);
  if (rule !== undefined) return refuse(rule);

  return accept({
    committer,
    authenticatedData: message.content.authenticatedData,
    proposals: list.proposals,
    added: added.value,
    removed: list.removes.map((leafIndex) => ({ leafIndex, leaf: group.leaf(leafIndex) as LeafNode })),
    path: commit.path && { before, after: commit.path.leafNode },
    groupContextExtensions: list.groupContextExtensions,
    group: nextEpoch(group, message, confirmationTag, draft, extensions, context.crypto),
  });
}

function nextEpoch(
  group: PublicGroup,
  { content, auth }: PublicMessage,
  confirmationTag: Uint8Array,
  draft: TreeDraft,
  extensions: Extension[],
  crypto: MlsCrypto,
): PublicGroup {
  const tree = draft.freeze();
  const input = confirmedTranscriptHashInput(content, auth.signature);
  const confirmed = confirmedTranscriptHash(crypto, group.interimTranscriptHash, input);
  const { groupContext } = group;
  return new PublicGroup({
    groupContext: {
      ...groupContext,
      epoch: groupContext.epoch + 1n,
      treeHash: tree.treeHash,
      confirmedTranscriptHash: confirmed,
      extensions,
    },
    tree,
    confirmationTag,
    interimTranscriptHash: interimTranscriptHash(crypto, confirmed, confirmationTag),
    groupInfoParts: undefined,
  });
}
