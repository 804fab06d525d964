import { decode } from '@phoenix/wire';
import { proposalCodec } from '../codec/proposal.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { describeVectors, hex, toHex } from '../testing/vectors.js';
import { HashCache } from './hash-cache.js';
import { RatchetTree } from './ratchet-tree.js';
import { StoredNode } from './stored-node.js';
import { TreeDraft } from './tree-draft.js';
import { directPath } from './tree-math.js';
import { decodeRatchetTree, encodeRatchetTree } from './unverified-ratchet-tree.js';

interface Vector {
  tree_before: string;
  proposal: string;
  proposal_sender: number;
  tree_hash_before: string;
  tree_after: string;
  tree_hash_after: string;
}

describeVectors<Vector>('tree-operations', (vectors) => {
  it.each(vectors.map((v, i) => [i, v] as const))('makes the tree of operation %i', (_i, v) => {
    const crypto = nodeMlsCrypto();
    const { nodes } = decodeRatchetTree(hex(v.tree_before), 1024);
    const before = new RatchetTree(nodes, new HashCache(crypto, 32, nodes.length).block(nodes));
    expect(toHex(before.treeHash)).toBe(v.tree_hash_before);

    const draft = new TreeDraft(before, crypto);
    const proposal = decode(proposalCodec, hex(v.proposal));
    if (proposal.type === 'add') draft.add(proposal.keyPackage.leafNode);
    if (proposal.type === 'remove') {
      draft.remove(proposal.removed);
      draft.truncate();
    }
    if (proposal.type === 'update') {
      for (const node of directPath(2 * v.proposal_sender, draft.leafCount)) draft.set(node, undefined);
      draft.set(2 * v.proposal_sender, StoredNode.ofLeaf(proposal.leafNode));
    }
    const after = draft.freeze();
    expect(toHex(encodeRatchetTree(after))).toBe(v.tree_after);
    expect(toHex(after.treeHash)).toBe(v.tree_hash_after);
    expect(toHex(encodeRatchetTree(before))).toBe(v.tree_before);
  });
});
