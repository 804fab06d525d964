import type { LeafNode } from '../codec/leaf-node.js';

export declare class RatchetTree {
  readonly leafCount: number;
  leaf(leafIndex: number): LeafNode | undefined;
}
/** A ratchet tree as its `optional<Node> ratchet_tree<V>` bytes (RFC 9420 §12.4.3.3). @throws DecodeError */
export function decodeRatchetTree(bytes: Uint8Array): RatchetTree {
  throw new Error('not yet');
}
export function encodeRatchetTree(tree: RatchetTree): Uint8Array {
  throw new Error('not yet');
}
