import type { Extension } from '../codec/extension.js';
import { ExtensionType } from '../codec/extension.js';
import type { UnverifiedKeyPackage } from '../codec/key-package.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { UpdatePath } from '../codec/update-path.js';
import { externalPubCodec } from '../codec/external-pub.js';
import { encode } from '@phoenix/wire';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
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
  readonly committer: number;
  readonly signer: SigningKey;
  readonly add: readonly UnverifiedKeyPackage[];
  readonly remove: readonly number[];
}

/** An update path with random keys and ciphertexts, right in everything that can be seen of it. */
export function buildPath({ group, crypto, random, committer, signer, add, remove }: PathScript): UpdatePath {
  const draft = new TreeDraft(group.tree, crypto);
  for (const leafIndex of remove) draft.remove(leafIndex);
  draft.truncate();
  const added = new Set(add.map((keyPackage) => 2 * draft.add(keyPackage.leafNode)));
  const nodes = filteredDirectPath(draft.nodes, committer).map(({ copathChild }) => ({
    encryptionKey: random.bytes(32),
    encryptedPathSecrets: resolution(draft.nodes, copathChild)
      .filter((node) => !added.has(node))
      .map(() => ({ kemOutput: random.bytes(32), ciphertext: random.bytes(48) })),
  }));
  const keys = nodes.map((node) => node.encryptionKey);
  const parentHash = setPathNodes(draft, committer, keys, crypto);
  const { credential, capabilities, extensions } = group.leaf(committer) as LeafNode;
  const fields = { credential, capabilities, extensions, encryptionKey: random.bytes(32) };
  const position = { groupId: group.groupId, leafIndex: committer };
  return {
    leafNode: buildLeafNode(signer, { ...fields, source: { type: 'commit', parentHash } }, position),
    nodes,
  };
}

/** The GroupInfo extension external_pub with this key. */
export function externalPub(key: Uint8Array): Extension {
  return { type: ExtensionType.externalPub, data: encode(externalPubCodec, { externalPub: key }) };
}
