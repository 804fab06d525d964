import { describeVectors } from '../testing/vectors.js';
import { isLeaf, left, nodeWidth, parent, right, root, sibling } from './tree-math.js';

interface Vector {
  n_leaves: number;
  n_nodes: number;
  root: number;
  left: (number | null)[];
  right: (number | null)[];
  parent: (number | null)[];
  sibling: (number | null)[];
}

describeVectors<Vector>('tree-math', (vectors) => {
  it.each(vectors.map((v) => [v.n_leaves, v] as const))('walks a tree of %i leaves', (leaves, v) => {
    expect(nodeWidth(leaves)).toBe(v.n_nodes);
    expect(root(leaves)).toBe(v.root);
    const nodes = Array.from({ length: v.n_nodes }, (_, node) => node);
    expect(nodes.map((x) => (isLeaf(x) ? null : left(x)))).toEqual(v.left);
    expect(nodes.map((x) => (isLeaf(x) ? null : right(x)))).toEqual(v.right);
    expect(nodes.map((x) => (x === v.root ? null : parent(x)))).toEqual(v.parent);
    expect(nodes.map((x) => (x === v.root ? null : sibling(x)))).toEqual(v.sibling);
  });
});
