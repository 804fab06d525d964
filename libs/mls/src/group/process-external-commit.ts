import type { LeafNode } from '../codec/leaf-node.js';
import type { Proposal } from '../codec/proposal.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { UpdatePath } from '../codec/update-path.js';
import { TreeDraft } from '../tree/tree-draft.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import { checkExternalCommitFraming } from './check-commit-framing.js';
import { checkCommitPath } from './check-commit-path.js';
import { checkMembersFit, checkNextEpoch } from './check-next-epoch.js';
import { checkExternalProposalList } from './external-proposal-list.js';
import { nextEpoch } from './next-epoch.js';
import type { CommitContext } from './process-commit.js';
import type { Member, PublicGroup } from './public-group.js';

/** What an external commit is checked against; there is nothing that it could name by reference. */
export type ExternalCommitContext = Omit<CommitContext, 'proposals'>;

/** An external commit that holds: somebody joins by itself, or comes back (RFC 9420 §12.4.3.2). */
export interface StagedExternalCommit {
  /** The leaf that the joiner took. */
  readonly joiner: number;
  readonly leaf: LeafNode;
  /** With a resync, the member whose place the joiner claims. That they are one, the application must judge. */
  readonly replaced: Member | undefined;
  readonly authenticatedData: Uint8Array;
  readonly proposals: readonly Proposal[];
  /** The group of the next epoch; without a GroupInfo until `withGroupInfoUpdate`. */
  readonly group: PublicGroup;
}

/** Checks a commit from outside the group and stages what it makes of it; like `processCommit`, it changes nothing. */
export function processExternalCommit(
  group: PublicGroup,
  message: PublicMessage,
  context: ExternalCommitContext,
): Checked<StagedExternalCommit> {
  const { crypto } = context;
  const framed = checkExternalCommitFraming(group, message, crypto);
  if (!framed.ok) return framed;
  const list = checkExternalProposalList(group, framed.value.commit);
  if (!list.ok) return list;
  const { proposals, replaced: place } = list.value;
  const path = framed.value.commit.path as UpdatePath;
  const replaced =
    place === undefined ? undefined : { leafIndex: place, leaf: group.leaf(place) as LeafNode };
  const joined = join(group, path, replaced, context);
  if (!joined.ok) return joined;
  const { draft, joiner } = joined.value;
  const { extensions } = group.groupContext;
  const next = nextEpoch(
    group,
    framed.value,
    { tree: draft.freeze(), extensions, reInit: undefined },
    crypto,
  );
  const { authenticatedData } = message.content;
  return accept({ joiner, leaf: path.leafNode, replaced, authenticatedData, proposals, group: next });
}

/** Makes room for the joiner, where it replaces someone after that one has left, and puts its path in. */
function join(
  group: PublicGroup,
  path: UpdatePath,
  replaced: Member | undefined,
  { crypto, maxLeaves }: ExternalCommitContext,
): Checked<{ draft: TreeDraft; joiner: number }> {
  const last = checkNextEpoch(group);
  if (last !== undefined) return refuse(last);
  const draft = new TreeDraft(group.tree, crypto);
  if (replaced !== undefined) draft.remove(replaced.leafIndex);
  draft.truncate();
  const joiner = draft.makeRoom();
  if (joiner >= maxLeaves) return refuse('mls.limit-leaves');
  const rule =
    checkCommitPath(draft, group, joiner, replaced?.leaf, path, [], crypto) ??
    checkMembersFit(draft.nodes, someLeaf(group), [joiner], group.groupContext.extensions, undefined);
  return rule === undefined ? accept({ draft, joiner }) : refuse(rule);
}

/** A group has a member. */
function someLeaf({ tree }: PublicGroup): LeafNode {
  const stored = tree.nodes.find((node, index) => index % 2 === 0 && node !== undefined);
  if (stored === undefined) throw new TypeError('a group without members');
  return stored.leaf;
}
