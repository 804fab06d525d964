import type { KeyPackage, UnverifiedKeyPackage } from '../codec/key-package.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { TreeDraft } from '../tree/tree-draft.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import { areNewEncryptionKeys, areNewSignatureKeys } from '../validation/known-keys.js';
import { verifyKeyPackage } from '../validation/verify-key-package.js';

/** Who was added, and where. */
export interface AddedMember {
  readonly leafIndex: number;
  readonly keyPackage: KeyPackage;
}

interface AddContext {
  readonly crypto: MlsCrypto;
  readonly now: number;
  readonly maxLeaves: number;
}

/** Verifies a commit's Adds and puts them into the draft in their order (RFC 9420 §12.1.1, §12.2). */
export function applyAdds(
  draft: TreeDraft,
  adds: readonly UnverifiedKeyPackage[],
  cipherSuite: number,
  { crypto, now, maxLeaves }: AddContext,
): Checked<AddedMember[]> {
  if (adds.length === 0) return accept([]);
  if (adds.length > maxLeaves) return refuse('mls.limit-leaves');
  const leaves = adds.map((add) => add.leafNode);
  const keys = leaves.map((leaf) => leaf.encryptionKey);
  if (!areNewEncryptionKeys(keys, draft.nodes)) return refuse('mls.7.3-encryption-key-unique');
  const signers = leaves.map((leaf) => leaf.signatureKey);
  if (!areNewSignatureKeys(signers, draft.nodes)) return refuse('mls.7.3-signature-key-unique');

  const added: AddedMember[] = [];
  for (const add of adds) {
    const keyPackage = verifyKeyPackage(add, { crypto, cipherSuite, now });
    if (!keyPackage.ok) return keyPackage;
    const leafIndex = draft.add(keyPackage.value.leafNode);
    if (leafIndex >= maxLeaves) return refuse('mls.limit-leaves');
    added.push({ leafIndex, keyPackage: keyPackage.value });
  }
  return accept(added);
}
