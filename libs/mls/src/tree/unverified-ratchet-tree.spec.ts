import { decode, DecodeError, encode } from '@phoenix/wire';
import { treeNodeCodec } from '../codec/tree-node.js';
import { ScriptedGroup } from '../testing/scripted-group.js';
import { decodeRatchetTree, encodeRatchetTree } from './unverified-ratchet-tree.js';
import { StoredNode } from './stored-node.js';

describe('a ratchet tree on the wire', () => {
  const scripted = new ScriptedGroup(31);
  scripted.add(4);
  const { nodes } = scripted.group.tree;
  const encoded = encodeRatchetTree({ nodes });

  it('is read back node by node and filled up to a complete tree', () => {
    const tree = decodeRatchetTree(encoded, 8);
    expect(tree.nodes.map((node) => node?.bytes)).toEqual(nodes.map((node) => node?.bytes));
    expect(tree.nodes).toHaveLength(15);
    for (const node of tree.nodes) {
      if (node) expect(encode(treeNodeCodec, decode(treeNodeCodec, node.bytes))).toEqual(node.bytes);
    }
  });

  it('is refused when it is larger than what is asked for', () => {
    expect(() => decodeRatchetTree(encoded, 4)).toThrow(new DecodeError('over-long'));
  });

  it('is refused when empty, or blank at its end', () => {
    expect(() => decodeRatchetTree(Uint8Array.of(0), 8)).toThrow(new DecodeError('invalid-value'));
    const leaf = nodes[0]!.bytes;
    const blankEnd = encodeRatchetTree({ nodes: [nodes[0]] });
    expect(leaf.length).toBeGreaterThan(64);
    const longer = Uint8Array.from([...blankEnd, 0]);
    longer[1]! += 1;
    expect(() => decodeRatchetTree(longer, 8)).toThrow(new DecodeError('invalid-value'));
  });

  it('is refused when a parent sits in a leaf’s place, a leaf in a parent’s, or a parent at the end', () => {
    const parent = StoredNode.ofParent({
      encryptionKey: new Uint8Array(32),
      parentHash: new Uint8Array(0),
      unmergedLeaves: [],
    });
    for (const wrong of [[parent], [nodes[0], nodes[0], nodes[2]], [nodes[0], parent]]) {
      expect(() => decodeRatchetTree(encodeRatchetTree({ nodes: wrong }), 8)).toThrow(DecodeError);
    }
  });
});
