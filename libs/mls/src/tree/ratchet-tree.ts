import type { LeafNode } from '../codec/leaf-node.js';
import type { NodeBlock } from './node-block.js';
import type { TreeNodes } from './stored-node.js';
import { root } from './tree-math.js';

/** A verified tree with the hashes of all its nodes. Immutable: a commit drafts another, which shares what did not change. */
export class RatchetTree {
  /**
   * @param nodes of a complete tree, by node index.
   * @param hashes the tree hashes of all nodes in one block, by node index.
   * @param stored the snapshot that this tree, or the one it was drafted from, was read from.
   * @internal made by `createPublicGroup`, by commits and from snapshots only.
   */
  constructor(
    readonly nodes: TreeNodes,
    readonly hashes: Uint8Array,
    readonly stored?: NodeBlock,
  ) {}

  /** Places for leaves, occupied or not: a power of two. */
  get leafCount(): number {
    return (this.nodes.length + 1) >> 1;
  }

  /** The tree hash that the GroupContext names (RFC 9420 §7.8). */
  get treeHash(): Uint8Array {
    return this.hashAt(root(this.leafCount));
  }

  /** The leaf at that place; undefined where it is blank or outside the tree. */
  leaf(leafIndex: number): LeafNode | undefined {
    return this.nodes[2 * leafIndex]?.leaf;
  }

  /** The tree hash of one node. */
  hashAt(node: number): Uint8Array {
    const length = this.hashes.length / this.nodes.length;
    return this.hashes.subarray(node * length, (node + 1) * length);
  }
}
