import type { GroupContext } from '../codec/group-context.js';
import type { CipherSuite } from '../crypto/cipher-suite.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { checkParentNodes, type HashedNodes } from '../tree/check-parent-nodes.js';
import type { TreeNodes } from '../tree/stored-node.js';
import { checkLeafContent, checkLeafSignature } from './check-leaf-node.js';
import { areDistinct, encryptionKeys, signatureKeys } from './known-keys.js';
import { checkProfiles, memberProfiles } from './member-profiles.js';
import { memberRequirements } from './member-requirements.js';
import type { RuleId } from './rules.js';

/**
 * Checks a whole tree whose root hash is already known to be the group's (RFC 9420 §12.4.3.1). Lifetimes are not
 * looked at: a KeyPackage is measured when it is added, not for as long as its leaf stays.
 */
export function checkTree(
  tree: HashedNodes,
  groupContext: GroupContext,
  suite: CipherSuite,
  crypto: MlsCrypto,
): RuleId | undefined {
  return (
    checkKeys(tree.nodes, suite) ??
    checkParentNodes(tree, crypto) ??
    checkProfiles(memberProfiles(tree.nodes), memberRequirements(groupContext.extensions)) ??
    checkLeaves(tree.nodes, groupContext.groupId, suite, crypto)
  );
}

function checkKeys(nodes: TreeNodes, suite: CipherSuite): RuleId | undefined {
  for (const key of encryptionKeys(nodes)) if (key.length !== suite.kemKeyLength) return 'mls.5.1-key-length';
  if (!areDistinct(encryptionKeys(nodes))) return 'mls.7.3-encryption-key-unique';
  return areDistinct(signatureKeys(nodes)) ? undefined : 'mls.7.3-signature-key-unique';
}

function checkLeaves(
  nodes: TreeNodes,
  groupId: Uint8Array,
  suite: CipherSuite,
  crypto: MlsCrypto,
): RuleId | undefined {
  for (let node = 0; node < nodes.length; node += 2) {
    const leaf = nodes[node]?.leaf;
    if (leaf === undefined) continue;
    const rule =
      checkLeafContent(leaf, suite) ?? checkLeafSignature(crypto, leaf, { groupId, leafIndex: node >> 1 });
    if (rule !== undefined) return rule;
  }
  return undefined;
}
