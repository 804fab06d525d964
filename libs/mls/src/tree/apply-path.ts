import { equal } from '@phoenix/wire';
import type { ParentNode } from '../codec/parent-node.js';
import type { UpdatePath } from '../codec/update-path.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { RuleId } from '../validation/rules.js';
import { parentHash } from './parent-hash.js';
import { filteredDirectPath, type PathStep, resolution } from './resolution.js';
import { StoredNode } from './stored-node.js';
import type { TreeDraft } from './tree-draft.js';
import { directPath } from './tree-math.js';

/**
 * Puts an update path into the draft (RFC 9420 §7.5, §7.6), after the commit's proposals.
 * @param added leaf indices that the same commit added: no secrets are encrypted to them on the path.
 * @returns the rule that the path breaks; the draft is then of no use.
 */
export function applyPath(
  draft: TreeDraft,
  committer: number,
  path: UpdatePath,
  added: ReadonlySet<number>,
  crypto: MlsCrypto,
): RuleId | undefined {
  const steps = filteredDirectPath(draft.nodes, committer);
  if (steps.length !== path.nodes.length) return 'mls.7.5-path-length';
  if (!steps.every((step, i) => hasCiphertexts(draft, step, path, i, added)))
    return 'mls.7.6-ciphertext-count';

  const keys = path.nodes.map((node) => node.encryptionKey);
  const leafParentHash = setPathNodes(draft, committer, keys, crypto);
  const { source } = path.leafNode;
  if (source.type !== 'commit') return 'mls.7.3-source';
  if (!equal(source.parentHash, leafParentHash)) return 'mls.7.9-parent-hash';
  draft.set(2 * committer, StoredNode.ofLeaf(path.leafNode));
  return undefined;
}

function hasCiphertexts(
  draft: TreeDraft,
  step: PathStep,
  path: UpdatePath,
  i: number,
  added: ReadonlySet<number>,
): boolean {
  const receivers = resolution(draft.nodes, step.copathChild).filter(
    (node) => node % 2 === 1 || !added.has(node >> 1),
  );
  return path.nodes[i]?.encryptedPathSecrets.length === receivers.length;
}

/**
 * Replaces the nodes above a leaf: a new key for each of its filtered direct path, the rest blank; each with the hash of
 * the one above (RFC 9420 §7.5, §7.9). Returns the parent_hash due in the leaf.
 */
export function setPathNodes(
  draft: TreeDraft,
  committer: number,
  keys: readonly Uint8Array[],
  crypto: MlsCrypto,
): Uint8Array {
  const steps = filteredDirectPath(draft.nodes, committer);
  for (const node of directPath(2 * committer, draft.leafCount)) draft.set(node, undefined);
  let above: Uint8Array = new Uint8Array(0);
  for (const [i, { node, copathChild }] of [...steps.entries()].reverse()) {
    const parent: ParentNode = { encryptionKey: keys[i]!, parentHash: above, unmergedLeaves: [] };
    draft.set(node, StoredNode.ofParent(parent));
    above = parentHash(crypto, parent, draft.hashOf(copathChild));
  }
  return above;
}
