import type { Extension } from '../codec/extension.js';
import { ExtensionType } from '../codec/extension.js';
import type { UnverifiedKeyPackage } from '../codec/key-package.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { UpdatePath } from '../codec/update-path.js';
import { externalPubCodec } from '../codec/external-pub.js';
import { encode } from '@phoenix/wire';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { applyLeafChanges } from '../group/apply-leaf-changes.js';
import type { PlacedLeaf } from '../group/proposal-list.js';
import type { PublicGroup } from '../group/public-group.js';
import { setPathNodes } from '../tree/apply-path.js';
import { filteredDirectPath, resolution } from '../tree/resolution.js';
import { TreeDraft } from '../tree/tree-draft.js';
import { buildLeafNode } from './build-leaf-node.js';
import type { SeededBytes } from './seeded-bytes.js';
import type { SigningKey } from './signing-key.js';

/** What a path is built from and for. */
export interface PathScript {
  readonly group: PublicGroup;
  readonly crypto: MlsCrypto;
  readonly random: SeededBytes;
  /** Undefined for a joiner from outside, who takes the leftmost free leaf. */
  readonly committer: number | undefined;
  readonly signer: SigningKey;
  /** What the new leaf says. */
  readonly leaf: Pick<LeafNode, 'credential' | 'capabilities' | 'extensions'>;
  readonly add: readonly UnverifiedKeyPackage[];
  readonly update: readonly PlacedLeaf[];
  readonly remove: readonly number[];
}

/** An update path with random keys and ciphertexts, right in everything that can be seen of it. */
export function buildPath(script: PathScript): UpdatePath {
  const { group, crypto, random, signer } = script;
  const draft = new TreeDraft(group.tree, crypto);
  applyLeafChanges(draft, script.update, script.remove);
  const added = new Set(script.add.map((keyPackage) => 2 * draft.add(keyPackage.leafNode)));
  const leafIndex = script.committer ?? draft.makeRoom();
  const nodes = filteredDirectPath(draft.nodes, leafIndex).map(({ copathChild }) => ({
    encryptionKey: random.bytes(32),
    encryptedPathSecrets: resolution(draft.nodes, copathChild)
      .filter((node) => !added.has(node))
      .map(() => ({ kemOutput: random.bytes(32), ciphertext: random.bytes(48) })),
  }));
  const keys = nodes.map((node) => node.encryptionKey);
  const parentHash = setPathNodes(draft, leafIndex, keys, crypto);
  const { credential, capabilities, extensions } = script.leaf;
  const fields = { credential, capabilities, extensions, encryptionKey: random.bytes(32) };
  const leafNode = buildLeafNode(
    signer,
    { ...fields, source: { type: 'commit', parentHash } },
    { groupId: group.groupId, leafIndex },
  );
  return { leafNode, nodes };
}

/** The GroupInfo extension external_pub with this key. */
export function externalPub(key: Uint8Array): Extension {
  return { type: ExtensionType.externalPub, data: encode(externalPubCodec, { externalPub: key }) };
}
