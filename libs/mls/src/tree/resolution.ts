import type { TreeNodes } from './stored-node.js';
import { directPath, isLeaf, left, right, sibling } from './tree-math.js';

/** The resolution of a node: the occupied nodes that together reach every member below it (RFC 9420 §4.1.1). */
export function resolution(nodes: TreeNodes, node: number): number[] {
  const found: number[] = [];
  collect(nodes, node, found);
  return found;
}

function collect(nodes: TreeNodes, node: number, found: number[]): void {
  const stored = nodes[node];
  if (stored !== undefined) {
    found.push(node);
    if (!isLeaf(node)) for (const leaf of stored.parent.unmergedLeaves) found.push(2 * leaf);
  } else if (!isLeaf(node)) {
    collect(nodes, left(node), found);
    collect(nodes, right(node), found);
  }
}

/** Whether nobody is below a node: its resolution is empty. */
function isEmpty(nodes: TreeNodes, node: number): boolean {
  if (nodes[node] !== undefined) return false;
  return isLeaf(node) || (isEmpty(nodes, left(node)) && isEmpty(nodes, right(node)));
}

/** A node of a leaf's direct path, and its child that is not on the path. */
export interface PathStep {
  readonly node: number;
  readonly copathChild: number;
}

/** A leaf's filtered direct path, from its parent upwards: without the nodes whose copath child reaches nobody (RFC 9420 §4.1.2). */
export function filteredDirectPath(nodes: TreeNodes, leafIndex: number): PathStep[] {
  const steps: PathStep[] = [];
  let below = 2 * leafIndex;
  for (const node of directPath(below, (nodes.length + 1) >> 1)) {
    const copathChild = sibling(below);
    if (!isEmpty(nodes, copathChild)) steps.push({ node, copathChild });
    below = node;
  }
  return steps;
}
