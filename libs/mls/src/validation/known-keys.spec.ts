import { encode } from '@phoenix/wire';
import fc from 'fast-check';
import { treeNodeCodec } from '../codec/tree-node.js';
import { StoredNode, type TreeNodes } from '../tree/stored-node.js';
import { buildKeyPackage } from '../testing/build-key-package.js';
import { areNewEncryptionKeys, areNewSignatureKeys } from './known-keys.js';

/** Keys of one length that share their beginnings, so that what is looked up by prefix often meets another. */
const key = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 3 })).map(([head, tail]) => {
  const bytes = new Uint8Array(133).fill(head);
  bytes[132] = tail;
  return bytes;
});
const template = buildKeyPackage().keyPackage.leafNode;

/** Amid other bytes, as in a snapshot. */
function stored(node: Uint8Array): StoredNode {
  const block = Uint8Array.of(1, 2, 3, ...node, 4, 5, 6);
  return StoredNode.within(block, 3, 3 + node.length);
}

function leaves(keys: readonly Uint8Array[]): TreeNodes {
  return keys.flatMap((signatureKey) => {
    const leaf = { ...template, signatureKey, encryptionKey: signatureKey };
    return [stored(encode(treeNodeCodec, { type: 'leaf', leaf })), undefined];
  });
}

describe('new keys', () => {
  it('are those that appear neither twice nor in the tree', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 5 }), fc.array(key, { maxLength: 3 }), (present, fresh) => {
        const texts = fresh.map(String);
        const areNew =
          new Set(texts).size === texts.length && !present.some((k) => texts.includes(String(k)));
        expect(areNewEncryptionKeys(fresh, leaves(present))).toBe(areNew);
        expect(areNewSignatureKeys(fresh, leaves(present))).toBe(areNew);
      }),
    );
  });

  it("may be a leaf's own signature key", () => {
    const own = new Uint8Array(32).fill(7);
    const nodes = leaves([new Uint8Array(32), own]);
    expect(areNewSignatureKeys([own], nodes)).toBe(false);
    expect(areNewSignatureKeys([own], nodes, 1)).toBe(true);
  });
});
