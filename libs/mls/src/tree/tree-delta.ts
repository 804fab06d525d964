import { decode, DecodeError, encode, equal, list, opaque, Reader, struct, u32 } from '@phoenix/wire';
import type { RatchetTree } from './ratchet-tree.js';
import { StoredNode } from './stored-node.js';
import { nodeWidth } from './tree-math.js';
import { encodeRatchetTree } from './unverified-ratchet-tree.js';

/** The old tree's width in nodes, and its nodes where they differ from the new tree's; an empty node is blank. */
const treeDeltaCodec = struct({ width: u32, nodes: list(struct({ index: u32, node: opaque() })) });

/** No delta makes room for more than a million leaves. */
const MAX_WIDTH = nodeWidth(2 ** 20);

/** What turns the new tree back into the old one: a few nodes for a commit, however large the tree. */
export function treeDelta(newTree: RatchetTree, oldTree: RatchetTree): Uint8Array {
  const nodes: { index: number; node: Uint8Array }[] = [];
  for (const [index, old] of oldTree.nodes.entries()) {
    const current = newTree.nodes[index];
    if (old === current || (old !== undefined && current !== undefined && equal(old.bytes, current.bytes)))
      continue;
    nodes.push({ index, node: old?.bytes ?? new Uint8Array(0) });
  }
  return encode(treeDeltaCodec, { width: oldTree.nodes.length, nodes });
}

/**
 * The old tree's `ratchet_tree<V>` bytes from the new one's. Deltas chain: the result is the next one's new tree.
 * @throws DecodeError
 */
export function applyTreeDelta(newTree: Uint8Array, delta: Uint8Array): Uint8Array {
  const { width, nodes: changes } = decode(treeDeltaCodec, delta);
  const reader = new Reader(newTree);
  const known = reader.list((r) => r.optional((present) => StoredNode.read(present)));
  reader.end();
  if (width > MAX_WIDTH) throw new DecodeError('invalid-value');
  const nodes = Array.from({ length: width }, (_, index) => known[index]);
  for (const { index, node } of changes) {
    if (index >= width) throw new DecodeError('invalid-value');
    nodes[index] = node.length === 0 ? undefined : StoredNode.ofBytes(node);
  }
  return encodeRatchetTree({ nodes });
}
