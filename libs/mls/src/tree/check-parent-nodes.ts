import { equal } from '@phoenix/wire';
import type { ParentNode } from '../codec/parent-node.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { RuleId } from '../validation/rules.js';
import { originalTreeHash } from './original-tree-hash.js';
import { parentHash } from './parent-hash.js';
import { resolution } from './resolution.js';
import type { TreeNodes } from './stored-node.js';
import { isBelow, isLeaf, left, parent as above, right } from './tree-math.js';

/** A tree whose hashes can be asked for. */
export interface HashedNodes {
  readonly nodes: TreeNodes;
  hashOf(node: number): Uint8Array;
}

/** Checks every parent node of a tree from outside: unmerged_leaves first, since the parent hashes rest on them (RFC 9420 §7.9.2, §12.4.3.1). */
export function checkParentNodes(tree: HashedNodes, crypto: MlsCrypto): RuleId | undefined {
  for (let node = 1; node < tree.nodes.length; node += 2) {
    const parent = tree.nodes[node]?.parent;
    if (parent !== undefined && !hasSaneUnmergedLeaves(tree.nodes, node, parent))
      return 'mls.7.1-unmerged-leaves';
  }
  for (let node = 1; node < tree.nodes.length; node += 2) {
    const parent = tree.nodes[node]?.parent;
    if (parent !== undefined && !isParentHashValid(tree, node, parent, crypto))
      return 'mls.7.9.2-parent-hash';
  }
  return undefined;
}

function hasSaneUnmergedLeaves(nodes: TreeNodes, node: number, { unmergedLeaves }: ParentNode): boolean {
  return unmergedLeaves.every((leaf, i) => {
    const previous = unmergedLeaves[i - 1];
    if (previous !== undefined && previous >= leaf) return false;
    return isBelow(leaf, node) && nodes[2 * leaf] !== undefined && isUnmergedUpTo(nodes, leaf, node);
  });
}

/** Every occupied node between the leaf and `top` has the leaf among its unmerged ones, too. */
function isUnmergedUpTo(nodes: TreeNodes, leaf: number, top: number): boolean {
  for (let node = above(2 * leaf); node !== top; node = above(node)) {
    const between = nodes[node];
    if (between !== undefined && !between.parent.unmergedLeaves.includes(leaf)) return false;
  }
  return true;
}

/** Some node in the resolution of one child was set together with this one, and knows its hash (RFC 9420 §7.9.2). */
function isParentHashValid(tree: HashedNodes, node: number, parent: ParentNode, crypto: MlsCrypto): boolean {
  const children = [left(node), right(node)] as const;
  return children.some((child, side) => {
    const carried = carriedParentHash(tree.nodes, child, parent);
    if (carried === undefined) return false;
    const sibling = children[1 - side] as number;
    const siblingHash = originalTreeHash(crypto, tree, sibling, parent.unmergedLeaves);
    return equal(carried, parentHash(crypto, parent, siblingHash));
  });
}

/** The parent_hash of the one node in the child's resolution that is not an unmerged leaf of the parent. */
function carriedParentHash(nodes: TreeNodes, child: number, parent: ParentNode): Uint8Array | undefined {
  const unmerged = new Set(
    parent.unmergedLeaves.filter((leaf) => isBelow(leaf, child)).map((leaf) => 2 * leaf),
  );
  const reached = resolution(nodes, child);
  const rest = reached.filter((node) => !unmerged.has(node));
  const [only] = rest;
  if (only === undefined || rest.length !== 1 || reached.length !== unmerged.size + 1) return undefined;
  if (!isLeaf(only)) return nodes[only]?.parent.parentHash;
  const source = nodes[only]?.leaf.source;
  return source?.type === 'commit' ? source.parentHash : undefined;
}
