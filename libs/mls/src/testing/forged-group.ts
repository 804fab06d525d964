import type { GroupContext } from '../codec/group-context.js';
import { type GroupInfo, type GroupInfoContent, groupInfoTbs } from '../codec/group-info.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { ParentNode } from '../codec/parent-node.js';
import { createPublicGroup } from '../group/create-public-group.js';
import type { PublicGroup } from '../group/public-group.js';
import { HashCache } from '../tree/hash-cache.js';
import { StoredNode } from '../tree/stored-node.js';
import { root } from '../tree/tree-math.js';
import type { Checked } from '../validation/checked.js';
import { buildLeafNode, type LeafFields } from './build-leaf-node.js';
import type { ScriptedGroup } from './scripted-group.js';

/** What is wrong with a forged group; tree hash and GroupInfo signature are made to fit, unless they are what is wrong. */
export interface Forgery {
  readonly nodes?: (nodes: (StoredNode | undefined)[]) => void;
  readonly context?: Partial<GroupContext>;
  readonly info?: Partial<GroupInfoContent>;
  readonly signature?: Uint8Array;
}

/** Hands a group's GroupInfo and tree to `createPublicGroup`, with something wrong in them. */
export function createForged(scripted: ScriptedGroup, forgery: Forgery): Checked<PublicGroup> {
  const { group, crypto } = scripted;
  const nodes = [...group.tree.nodes];
  forgery.nodes?.(nodes);
  const treeHash = new HashCache(crypto, 32, nodes.length).of(nodes, root((nodes.length + 1) >> 1));
  const signer = 0;
  const content: GroupInfoContent = {
    groupContext: { ...group.groupContext, treeHash, ...forgery.context },
    extensions: [],
    confirmationTag: group.confirmationTag,
    signer,
    ...forgery.info,
  };
  const signature =
    forgery.signature ?? scripted.signers.get(signer)!.signWithLabel('GroupInfoTBS', groupInfoTbs(content));
  const groupInfo: GroupInfo = { ...content, signature };
  return createPublicGroup(groupInfo, { nodes }, { crypto, cipherSuites: [1] });
}

/** A leaf of the group, changed and signed again. */
export function forgedLeaf(
  scripted: ScriptedGroup,
  leafIndex: number,
  change: Partial<LeafFields>,
): LeafNode {
  const fields = { ...(scripted.group.leaf(leafIndex) as LeafNode), ...change };
  return buildLeafNode(scripted.signers.get(leafIndex)!, fields, {
    groupId: scripted.group.groupId,
    leafIndex,
  });
}

/** A parent node of the group, changed. */
export function forgedParent(scripted: ScriptedGroup, node: number, change: Partial<ParentNode>): StoredNode {
  return StoredNode.ofParent({ ...scripted.group.tree.nodes[node]!.parent, ...change });
}
