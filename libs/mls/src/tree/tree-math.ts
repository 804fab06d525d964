/**
 * The array-based tree of RFC 9420 Appendix C: leaf i is node 2i, parents sit between. Trees are complete, so the number
 * of leaves is a power of two. Node indices stay below 2^31; indices from outside are checked against the tree first.
 */

/** Nodes of a tree with that many leaves. */
export function nodeWidth(leafCount: number): number {
  return 2 * leafCount - 1;
}

/** The smallest complete tree that holds that many leaves, in leaves. */
export function completeLeafCount(leaves: number): number {
  let count = 1;
  while (count < leaves) count *= 2;
  return count;
}

export function isLeaf(node: number): boolean {
  return (node & 1) === 0;
}

/** Height above the leaves: the number of trailing one bits. */
export function level(node: number): number {
  return 31 - Math.clz32(~node & (node + 1));
}

export function root(leafCount: number): number {
  return leafCount - 1;
}

/** The left child of a parent. */
export function left(node: number): number {
  return node ^ (1 << (level(node) - 1));
}

/** The right child of a parent. */
export function right(node: number): number {
  return node ^ (3 << (level(node) - 1));
}

/** The node above; of the root it makes no sense. */
export function parent(node: number): number {
  const k = level(node);
  return (node | (1 << k)) & ~(1 << (k + 1));
}

/** The other child of the node's parent; of the root it makes no sense. */
export function sibling(node: number): number {
  const above = parent(node);
  return node < above ? right(above) : left(above);
}

/** All nodes above, from the parent to the root (RFC 9420 §4.1.1). */
export function directPath(node: number, leafCount: number): number[] {
  const top = root(leafCount);
  const path: number[] = [];
  for (let x = node; x !== top;) {
    x = parent(x);
    path.push(x);
  }
  return path;
}

/** First and last leaf below a node, as leaf indices. */
export function leavesBelow(node: number): readonly [first: number, last: number] {
  const reach = (1 << level(node)) - 1;
  return [(node - reach) >> 1, (node + reach) >> 1];
}

export function isBelow(leafIndex: number, node: number): boolean {
  const [first, last] = leavesBelow(node);
  return first <= leafIndex && leafIndex <= last;
}
