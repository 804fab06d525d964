import { DecodeError } from '@phoenix/wire';
import { ScriptedGroup } from '../testing/scripted-group.js';
import { applyTreeDelta, treeDelta } from './tree-delta.js';
import { encodeRatchetTree } from './unverified-ratchet-tree.js';

describe('tree deltas', () => {
  it('lead back through a history of growth and truncation, one by one', () => {
    const scripted = new ScriptedGroup(21);
    const trees = [scripted.group.tree];
    const record = (): void => void trees.push(scripted.group.tree);
    scripted.add(9);
    record();
    for (const script of [
      { remove: [9] },
      { remove: [3, 8] },
      {},
      { remove: [4, 5, 6, 7] },
      { remove: [1, 2] },
    ]) {
      scripted.apply({ committer: 0, ...script });
      record();
    }
    scripted.add(20);
    record();

    let bytes = encodeRatchetTree(scripted.group.tree);
    for (let epoch = trees.length - 1; epoch > 0; epoch--) {
      bytes = applyTreeDelta(bytes, treeDelta(trees[epoch]!, trees[epoch - 1]!));
      expect(bytes).toEqual(encodeRatchetTree(trees[epoch - 1]!));
    }
  });

  it('hold a path and no more, however large the tree', () => {
    const scripted = new ScriptedGroup(22);
    scripted.add(500);
    scripted.apply({ committer: 300 });
    const before = scripted.group.tree;
    scripted.apply({ committer: 300 });
    expect(treeDelta(scripted.group.tree, before).length).toBeLessThan(1500);
    expect(treeDelta(before, before).length).toBeLessThan(8);
  });

  it('are refused where they reach outside the tree', () => {
    const scripted = new ScriptedGroup(23);
    const tree = encodeRatchetTree(scripted.group.tree);
    const outside = Uint8Array.from([0, 0, 0, 1, 5, 0, 0, 0, 1, 0]);
    expect(() => applyTreeDelta(tree, outside)).toThrow(DecodeError);
    expect(() => applyTreeDelta(tree, Uint8Array.from([255, 255, 255, 255, 0]))).toThrow(DecodeError);
  });
});
