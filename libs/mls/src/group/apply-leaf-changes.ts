import { StoredNode } from '../tree/stored-node.js';
import type { TreeDraft } from '../tree/tree-draft.js';
import { areNewEncryptionKeys, areNewSignatureKeys } from '../validation/known-keys.js';
import type { RuleId } from '../validation/rules.js';
import type { PlacedLeaf } from './proposal-list.js';

/**
 * Puts a commit's Updates and Removes into the draft, in this order (RFC 9420 §12.3). The leaves were verified when they
 * were proposed; here their keys are held against those that stay, and against one another.
 */
export function applyLeafChanges(
  draft: TreeDraft,
  updates: readonly PlacedLeaf[],
  removes: readonly number[],
): RuleId | undefined {
  for (const { leafIndex } of updates) draft.remove(leafIndex);
  for (const leafIndex of removes) draft.remove(leafIndex);
  const leaves = updates.map(({ leaf }) => leaf);
  if (leaves.length > 0) {
    const keys = leaves.map((leaf) => leaf.encryptionKey);
    if (!areNewEncryptionKeys(keys, draft.nodes)) return 'mls.7.3-encryption-key-unique';
    const signers = leaves.map((leaf) => leaf.signatureKey);
    if (!areNewSignatureKeys(signers, draft.nodes)) return 'mls.7.3-signature-key-unique';
  }
  for (const { leafIndex, leaf } of updates) draft.set(2 * leafIndex, StoredNode.ofLeaf(leaf));
  draft.truncate();
  return undefined;
}
