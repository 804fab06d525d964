import type { LeafNode } from '../codec/leaf-node.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { HashCache } from './hash-cache.js';
import type { NodeBlock } from './node-block.js';
import { RatchetTree } from './ratchet-tree.js';
import { StoredNode, type TreeNodes } from './stored-node.js';
import { completeLeafCount, directPath, nodeWidth } from './tree-math.js';

/** A tree in the making: a copy that takes a commit's changes; the tree it began from stays as it is. */
export class TreeDraft {
  readonly #nodes: (StoredNode | undefined)[];
  readonly #hashes: HashCache;
  readonly #stored: NodeBlock | undefined;
  #firstBlank = 0;

  constructor(tree: RatchetTree, crypto: MlsCrypto) {
    this.#nodes = tree.nodes.slice();
    this.#stored = tree.stored;
    const width = tree.nodes.length;
    this.#hashes = new HashCache(crypto, tree.hashes.length / width, width, tree.hashes);
  }

  get nodes(): TreeNodes {
    return this.#nodes;
  }

  get leafCount(): number {
    return (this.#nodes.length + 1) >> 1;
  }

  /** Puts a leaf at the leftmost blank place, or doubles the tree (RFC 9420 §7.7, §12.1.1). Returns its index. */
  add(leaf: LeafNode): number {
    const leafIndex = this.makeRoom();
    this.set(2 * leafIndex, StoredNode.ofLeaf(leaf));
    for (const node of directPath(2 * leafIndex, this.leafCount)) {
      const parent = this.#nodes[node]?.parent;
      if (parent === undefined) continue;
      const unmergedLeaves = [...parent.unmergedLeaves, leafIndex].sort((a, b) => a - b);
      this.#nodes[node] = StoredNode.ofParent({ ...parent, unmergedLeaves });
    }
    return leafIndex;
  }

  /** The leftmost blank place, for which the tree is doubled where there is none (RFC 9420 §7.7, §12.4.2). */
  makeRoom(): number {
    while (this.#nodes[2 * this.#firstBlank] !== undefined) this.#firstBlank++;
    if (this.#firstBlank >= this.leafCount) this.#resize(2 * this.leafCount);
    return this.#firstBlank;
  }

  /** Blanks a leaf and all above it; the empty right half falls off at `truncate` (RFC 9420 §12.1.3). */
  remove(leafIndex: number): void {
    this.set(2 * leafIndex, undefined);
    for (const node of directPath(2 * leafIndex, this.leafCount)) this.#nodes[node] = undefined;
    this.#firstBlank = Math.min(this.#firstBlank, leafIndex);
  }

  /** Halves the tree for as long as its right half holds no leaf (RFC 9420 §7.7). */
  truncate(): void {
    const last = this.#nodes.findLastIndex((node, index) => index % 2 === 0 && node !== undefined);
    const leafCount = completeLeafCount((last >> 1) + 1);
    if (leafCount < this.leafCount) this.#resize(leafCount);
  }

  /** Replaces one node. */
  set(node: number, stored: StoredNode | undefined): void {
    this.#nodes[node] = stored;
    this.#hashes.changed(node, this.leafCount);
  }

  hashOf(node: number): Uint8Array {
    return this.#hashes.of(this.#nodes, node);
  }

  /** The finished tree; the draft is done with. */
  freeze(): RatchetTree {
    return new RatchetTree(this.#nodes, this.#hashes.block(this.#nodes), this.#stored);
  }

  #resize(leafCount: number): void {
    const width = nodeWidth(leafCount);
    this.#nodes.length = Math.min(width, this.#nodes.length);
    while (this.#nodes.length < width) this.#nodes.push(undefined);
    this.#hashes.resize(width);
  }
}
