import { decode } from '@phoenix/wire';
import { updatePathCodec } from '../codec/update-path.js';
import { CIPHER_SUITES } from '../crypto/cipher-suite.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { describeVectors, hex, toHex } from '../testing/vectors.js';
import { checkLeafSignature } from '../validation/check-leaf-node.js';
import { applyPath } from './apply-path.js';
import { HashCache } from './hash-cache.js';
import { RatchetTree } from './ratchet-tree.js';
import { TreeDraft } from './tree-draft.js';
import { decodeRatchetTree } from './unverified-ratchet-tree.js';

interface Vector {
  cipher_suite: number;
  group_id: string;
  ratchet_tree: string;
  update_paths: { sender: number; update_path: string; tree_hash_after: string }[];
}

describeVectors<Vector>('treekem', (vectors) => {
  it.each(vectors.map((v, i) => [i, v.cipher_suite, v] as const))(
    'applies every update path of tree %i of suite %i',
    (_i, suite, v) => {
      const crypto = nodeMlsCrypto(suite);
      const { nodes } = decodeRatchetTree(hex(v.ratchet_tree), 1024);
      const hashes = new HashCache(crypto, CIPHER_SUITES.get(suite)?.hashLength ?? 0, nodes.length);
      const tree = new RatchetTree(nodes, hashes.block(nodes));
      expect(v.update_paths.length).toBeGreaterThan(0);
      for (const { sender, update_path, tree_hash_after } of v.update_paths) {
        const draft = new TreeDraft(tree, crypto);
        const path = decode(updatePathCodec, hex(update_path));
        expect(applyPath(draft, sender, path, new Set(), crypto)).toBeUndefined();
        expect(toHex(draft.freeze().treeHash)).toBe(tree_hash_after);
        const position = { groupId: hex(v.group_id), leafIndex: sender };
        expect(checkLeafSignature(crypto, path.leafNode, position)).toBeUndefined();
      }
    },
  );
});
