import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { describeVectors, hex, toHex } from '../testing/vectors.js';
import { CIPHER_SUITES } from '../crypto/cipher-suite.js';
import { checkLeafSignature } from '../validation/check-leaf-node.js';
import { areDistinct, encryptionKeys, signatureKeys } from '../validation/known-keys.js';
import { checkParentNodes } from './check-parent-nodes.js';
import { HashCache } from './hash-cache.js';
import { resolution } from './resolution.js';
import { decodeRatchetTree, encodeRatchetTree } from './unverified-ratchet-tree.js';

interface Vector {
  cipher_suite: number;
  tree: string;
  group_id: string;
  tree_hashes: string[];
  resolutions: number[][];
}

describeVectors<Vector>('tree-validation', (vectors) => {
  it.each(vectors.map((v, i) => [i, v.cipher_suite, v] as const))(
    'accepts tree %i of suite %i',
    (_i, suite, v) => {
      const crypto = nodeMlsCrypto(suite);
      const { nodes } = decodeRatchetTree(hex(v.tree), 1024);
      const cache = new HashCache(crypto, CIPHER_SUITES.get(suite)?.hashLength ?? 0, nodes.length);
      const hashOf = (node: number): Uint8Array => cache.of(nodes, node);

      expect(nodes.map((_, node) => toHex(hashOf(node)))).toEqual(v.tree_hashes);
      expect(nodes.map((_, node) => resolution(nodes, node))).toEqual(v.resolutions);
      expect(checkParentNodes({ nodes, hashOf }, crypto)).toBeUndefined();
      expect(areDistinct(encryptionKeys(nodes))).toBe(true);
      expect(areDistinct(signatureKeys(nodes))).toBe(true);
      for (const [node, stored] of nodes.entries()) {
        if (node % 2 === 1 || stored === undefined) continue;
        const position = { groupId: hex(v.group_id), leafIndex: node / 2 };
        expect(checkLeafSignature(crypto, stored.leaf, position)).toBeUndefined();
      }
      expect(toHex(encodeRatchetTree({ nodes }))).toBe(v.tree);
    },
  );
});
