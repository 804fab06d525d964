import type { RatchetTree } from './ratchet-tree.js';

/** What turns the new tree back into the old one: only the nodes that differ. */
export function treeDelta(newTree: RatchetTree, oldTree: RatchetTree): Uint8Array {
  throw new Error('not yet');
}
/** The old tree's `ratchet_tree<V>` bytes, from the new one's. @throws DecodeError */
export function applyTreeDelta(newTree: Uint8Array, delta: Uint8Array): Uint8Array {
  throw new Error('not yet');
}
