import { DecodeError, Reader, Writer } from '@phoenix/wire';
import { NODE_TYPE_LEAF } from '../codec/tree-node.js';
import { StoredNode, type TreeNodes } from './stored-node.js';
import { completeLeafCount, isLeaf, nodeWidth } from './tree-math.js';

/** A tree as anyone may send it: well-formed, and nothing more. `createPublicGroup` verifies it. */
export interface UnverifiedRatchetTree {
  readonly nodes: TreeNodes;
}

/**
 * Reads `optional<Node> ratchet_tree<V>` (RFC 9420 §12.4.3.3) and fills it up to a complete tree.
 * Refuses leaves in parents' places and the other way round, a tree that does not end in an occupied leaf, and an
 * empty one.
 * @param maxLeaves the largest tree to make room for, in leaves.
 * @throws DecodeError
 */
export function decodeRatchetTree(bytes: Uint8Array, maxLeaves: number): UnverifiedRatchetTree {
  const reader = new Reader(bytes);
  const nodes = reader.list((r) => r.optional((present) => StoredNode.read(present)), nodeWidth(maxLeaves));
  reader.end();
  // The last node is an occupied leaf: a parent is blanked with the last member to its right (RFC 9420 §7.7, §12.1.3).
  if (nodes.at(-1) === undefined || !isLeaf(nodes.length - 1)) throw new DecodeError('invalid-value');
  for (const [index, node] of nodes.entries()) {
    if (node !== undefined && isLeaf(index) !== (node.bytes[0] === NODE_TYPE_LEAF))
      throw new DecodeError('invalid-value');
  }
  const width = nodeWidth(completeLeafCount((nodes.length + 1) >> 1));
  while (nodes.length < width) nodes.push(undefined);
  return { nodes };
}

/** `optional<Node> ratchet_tree<V>`, without the blank nodes at its end. */
export function encodeRatchetTree(tree: { readonly nodes: TreeNodes }): Uint8Array {
  const last = tree.nodes.findLastIndex((node) => node !== undefined);
  const nodes = tree.nodes.slice(0, last + 1);
  const size = nodes.reduce((sum, node) => sum + 1 + (node?.length ?? 0), 0);
  const writer = new Writer(size + 4).length(size);
  for (const node of nodes) writer.optional(node, (w, present) => w.bytes(present.bytes));
  return writer.finish();
}
