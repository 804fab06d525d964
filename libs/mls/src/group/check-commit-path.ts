import { equal } from '@phoenix/wire';
import type { LeafNode } from '../codec/leaf-node.js';
import type { UpdatePath } from '../codec/update-path.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { applyPath } from '../tree/apply-path.js';
import type { TreeDraft } from '../tree/tree-draft.js';
import { checkLeafContent, checkLeafSignature } from '../validation/check-leaf-node.js';
import { areNewEncryptionKeys, areNewSignatureKeys } from '../validation/known-keys.js';
import type { RuleId } from '../validation/rules.js';
import type { PublicGroup } from './public-group.js';
import { suiteOf } from './suite-of.js';

/**
 * Checks a commit's path against the tree after its proposals, and applies it (RFC 9420 §12.4.2, §7.5, §7.6).
 * @param before the leaf that the path's leaf replaces, if it does: of a resync, the one that is removed.
 * @param added leaves of the same commit, which no path secret is encrypted to.
 */
export function checkCommitPath(
  draft: TreeDraft,
  group: PublicGroup,
  committer: number,
  before: LeafNode | undefined,
  path: UpdatePath,
  added: readonly number[],
  crypto: MlsCrypto,
): RuleId | undefined {
  const suite = suiteOf(group);
  const { leafNode } = path;
  if (leafNode.source.type !== 'commit') return 'mls.7.3-source';
  if (path.nodes.some((node) => node.encryptionKey.length !== suite.kemKeyLength))
    return 'mls.5.1-key-length';
  return (
    checkLeafContent(leafNode, suite) ??
    checkPathKeys(draft, before, committer, path) ??
    applyPath(draft, committer, path, new Set(added), crypto) ??
    checkLeafSignature(crypto, leafNode, { groupId: group.groupId, leafIndex: committer })
  );
}

/** All of the path's keys are new to the tree; the committer alone may keep its signature key (RFC 9420 §12.4.2, §7.3). */
function checkPathKeys(
  draft: TreeDraft,
  before: LeafNode | undefined,
  committer: number,
  path: UpdatePath,
): RuleId | undefined {
  const { leafNode, nodes } = path;
  if (before !== undefined && equal(leafNode.encryptionKey, before.encryptionKey))
    return 'mls.12.4.2-own-key-reused';
  const keys = [leafNode.encryptionKey, ...nodes.map((node) => node.encryptionKey)];
  if (!areNewEncryptionKeys(keys, draft.nodes)) return 'mls.12.4.2-path-key-reused';
  const isOwn = areNewSignatureKeys([leafNode.signatureKey], draft.nodes, committer);
  return isOwn ? undefined : 'mls.7.3-signature-key-unique';
}
