import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { StoredNode, type TreeNodes } from './stored-node.js';
import { leafHash, parentNodeHash } from './tree-hash.js';
import { isBelow, isLeaf, left, right } from './tree-math.js';

/**
 * The tree hash that a node had before `without` were added: those leaves blank, and in nobody's unmerged_leaves
 * (RFC 9420 §7.9, original_sibling_tree_hash).
 */
export function originalTreeHash(
  crypto: MlsCrypto,
  tree: { readonly nodes: TreeNodes; hashOf(node: number): Uint8Array },
  node: number,
  without: readonly number[],
): Uint8Array {
  const below = without.filter((leaf) => isBelow(leaf, node));
  if (below.length === 0) return tree.hashOf(node);
  if (isLeaf(node)) return leafHash(crypto, node >> 1, undefined);
  const leftHash = originalTreeHash(crypto, tree, left(node), below);
  const rightHash = originalTreeHash(crypto, tree, right(node), below);
  return parentNodeHash(crypto, stripped(tree.nodes[node], below), leftHash, rightHash);
}

function stripped(node: StoredNode | undefined, without: readonly number[]): StoredNode | undefined {
  if (node === undefined) return undefined;
  const gone = new Set(without);
  const { parent } = node;
  return StoredNode.ofParent({
    ...parent,
    unmergedLeaves: parent.unmergedLeaves.filter((leaf) => !gone.has(leaf)),
  });
}
