import { utf8 } from '@phoenix/wire';
import { ExtensionType } from '../codec/extension.js';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import { ScriptedGroup } from '../testing/scripted-group.js';
import { processCommit } from './process-commit.js';

describe('processCommit', () => {
  it('tells whom a commit adds and removes, and what of the committer changes', () => {
    const scripted = someGroup();
    const add = [scripted.keyPackage().keyPackage, scripted.keyPackage().keyPackage];
    const before = scripted.group;
    const removed = before.leaf(1);
    const newSigner = scripted.newSigningKey();
    const authenticatedData = utf8('aad');
    const staged = scripted.apply({ committer: 2, add, remove: [1], newSigner, authenticatedData });

    expect(staged).toMatchObject({ committer: 2, authenticatedData, groupContextExtensions: undefined });
    expect(staged.added).toEqual([
      { leafIndex: 1, keyPackage: add[0] },
      { leafIndex: 5, keyPackage: add[1] },
    ]);
    expect(staged.removed).toEqual([{ leafIndex: 1, leaf: removed }]);
    expect(staged.path?.before).toEqual(before.leaf(2));
    expect(staged.path?.after.signatureKey).toEqual(newSigner.publicKey);
    expect(staged.group.epoch).toBe(before.epoch + 1n);
    expect(staged.group.groupInfo).toBeUndefined();
  });

  it('replaces the GroupContext extensions', () => {
    const scripted = someGroup();
    const extensions = [{ type: 0xf0a0, data: utf8('policy') }];
    const { group, groupContextExtensions } = scripted.apply({ committer: 2, extensions });
    expect(groupContextExtensions).toEqual(extensions);
    expect(group.groupContext.extensions).toEqual(extensions);
  });

  it('drops the empty right half of the tree, and grows it again', () => {
    const scripted = new ScriptedGroup(3);
    scripted.add(8);
    expect(scripted.group.tree.leafCount).toBe(16);
    scripted.apply({ committer: 0, remove: [8] });
    expect(scripted.group.tree.leafCount).toBe(8);
    scripted.apply({ committer: 0, remove: [1, 2, 3, 4, 5, 6, 7] });
    expect(scripted.group.tree.leafCount).toBe(1);
    scripted.apply({ committer: 0 });
    expect(scripted.add(3)).toEqual([1, 2, 3]);
  });

  it('rehashes only the direct path of a group of a thousand', () => {
    const scripted = new ScriptedGroup(4);
    scripted.add(1000);
    const message = scripted.commit({ committer: 700 });
    let hashes = 0;
    const crypto = {
      ...scripted.crypto,
      hash: (data: Uint8Array) => {
        hashes++;
        return scripted.crypto.hash(data);
      },
    };
    expect(processCommit(scripted.group, message, { crypto, now: scripted.now, maxLeaves: 1024 }).ok).toBe(
      true,
    );
    // The leaf and ten parents, their parent hashes, and the two transcript hashes.
    expect(hashes).toBeLessThanOrEqual(11 + 10 + 2);
  });

  it('counts no ciphertexts for leaves that the same commit adds', () => {
    const scripted = someGroup();
    const staged = scripted.apply({ committer: 0, add: [scripted.keyPackage().keyPackage] });
    expect(staged.path).toBeDefined();
    expect(staged.group.tree.nodes[2 * staged.added[0]!.leafIndex]).toBeDefined();
  });

  it('takes an extension of RFC 9420 in the GroupContext that no leaf lists', () => {
    const scripted = someGroup();
    const empty = { type: ExtensionType.externalSenders, data: new Uint8Array([0]) };
    expect(scripted.process(scripted.commit({ committer: 2, extensions: [empty] })).ok).toBe(true);
  });
});
