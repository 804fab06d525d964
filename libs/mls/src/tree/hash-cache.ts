import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { TreeNodes } from './stored-node.js';
import { isLeaf, left, parent, right, root } from './tree-math.js';
import { leafHash, parentNodeHash } from './tree-hash.js';

/**
 * The tree hashes of all nodes, in one block by node index, computed when asked for. A change marks only the nodes
 * above it: hashes depend on nothing outside their subtree, so growing or shrinking the tree keeps them.
 */
export class HashCache {
  #block: Uint8Array;
  #known: Uint8Array;

  /** @param block the hashes of all nodes as `block` returned them, or nothing when none is known. */
  constructor(
    private readonly crypto: MlsCrypto,
    private readonly hashLength: number,
    width: number,
    block?: Uint8Array,
  ) {
    this.#block = block?.slice() ?? new Uint8Array(width * hashLength);
    this.#known = new Uint8Array(width).fill(block === undefined ? 0 : 1);
  }

  /** The node's tree hash. */
  of(nodes: TreeNodes, node: number): Uint8Array {
    const start = node * this.hashLength;
    const place = this.#block.subarray(start, start + this.hashLength);
    if (this.#known[node] === 0) {
      place.set(this.#compute(nodes, node));
      this.#known[node] = 1;
    }
    return place;
  }

  /** Forgets what depends on a node of a tree with that many leaves. */
  changed(node: number, leafCount: number): void {
    const top = root(leafCount);
    for (let x = node; ; x = parent(x)) {
      this.#known[x] = 0;
      if (x === top) return;
    }
  }

  /** Makes the block fit another width; new nodes are unknown. */
  resize(width: number): void {
    const block = new Uint8Array(width * this.hashLength);
    const known = new Uint8Array(width);
    block.set(this.#block.subarray(0, block.length));
    known.set(this.#known.subarray(0, width));
    this.#block = block;
    this.#known = known;
  }

  /** All hashes, complete. */
  block(nodes: TreeNodes): Uint8Array {
    this.of(nodes, root((nodes.length + 1) >> 1));
    return this.#block;
  }

  #compute(nodes: TreeNodes, node: number): Uint8Array {
    if (isLeaf(node)) return leafHash(this.crypto, node >> 1, nodes[node]);
    return parentNodeHash(this.crypto, nodes[node], this.of(nodes, left(node)), this.of(nodes, right(node)));
  }
}
