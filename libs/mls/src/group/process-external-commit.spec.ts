import { someGroup } from '../testing/rule-cases/rule-case.js';
import { externalCommit, join, processExternal } from '../testing/scripted-external-commit.js';
import { ScriptedGroup } from '../testing/scripted-group.js';
import { processCommit } from './process-commit.js';
import { withGroupInfoUpdate } from './group-info-update.js';

describe('processExternalCommit', () => {
  it('gives a joiner the leftmost free leaf, and keeps everyone', () => {
    const scripted = someGroup();
    const before = scripted.group.members();
    const staged = join(scripted);
    expect(staged).toMatchObject({ joiner: 5, replaced: undefined });
    const others = staged.group.members().filter(({ leafIndex }) => leafIndex !== 5);
    expect(others).toEqual(before);
    expect(staged.group.leaf(5)).toEqual(staged.leaf);
    scripted.apply({ committer: 5 });
    scripted.apply({ committer: 0, remove: [5] });
  });

  it('doubles a full tree', () => {
    const scripted = new ScriptedGroup(3);
    scripted.add(3);
    expect(join(scripted).joiner).toBe(4);
    expect(scripted.group.tree.leafCount).toBe(8);
  });

  it("puts one who comes back into the leftmost free leaf, which need not be the former one's", () => {
    const scripted = someGroup();
    const former = scripted.group.leaf(6);
    expect(join(scripted, { replace: 6 })).toMatchObject({
      joiner: 5,
      replaced: { leafIndex: 6, leaf: former },
    });
    expect(scripted.group.leaf(6)).toBeUndefined();
    expect(join(scripted, { replace: 3 })).toMatchObject({ joiner: 3, replaced: { leafIndex: 3 } });
  });

  it('lets one who comes back keep its signature key, and nobody else take it', () => {
    const scripted = someGroup();
    const signer = scripted.signers.get(4)!;
    const stolen = externalCommit(scripted, { leaf: { signer } });
    expect(processExternal(scripted, stolen.message)).toEqual({
      ok: false,
      rule: 'mls.7.3-signature-key-unique',
    });
    expect(join(scripted, { replace: 4, leaf: { signer } }).leaf.signatureKey).toEqual(signer.publicKey);
  });

  it('refuses one who comes back with the encryption key that it had', () => {
    const scripted = someGroup();
    const { encryptionKey } = scripted.group.leaf(4)!;
    const { message } = externalCommit(scripted, {
      replace: 4,
      alter: (path) => ({ ...path, leafNode: { ...path.leafNode, encryptionKey } }),
    });
    expect(processExternal(scripted, message)).toEqual({ ok: false, rule: 'mls.12.4.2-own-key-reused' });
  });

  it('replaces the only member, and the tree with it', () => {
    const scripted = new ScriptedGroup(5);
    expect(join(scripted, { replace: 0 })).toMatchObject({ joiner: 0, replaced: { leafIndex: 0 } });
    expect(scripted.group.members()).toHaveLength(1);
  });

  it('takes a joiner whose capabilities differ, if they meet those of all others', () => {
    const scripted = someGroup();
    const { capabilities } = scripted.group.leaf(0)!;
    const richer = {
      ...capabilities,
      cipherSuites: [1, 0x0a0a],
      extensions: [...capabilities.extensions, 9],
    };
    expect(join(scripted, { leaf: { capabilities: richer } }).leaf.capabilities).toEqual(richer);
    const foreign = { ...capabilities, credentials: [2] };
    const { message } = externalCommit(scripted, {
      leaf: { capabilities: foreign, credential: { type: 'x509', certificates: [] } },
    });
    expect(processExternal(scripted, message)).toEqual({ ok: false, rule: 'mls.7.3-credential-by-all' });
  });

  it('takes nobody beyond the places there are', () => {
    const scripted = new ScriptedGroup(3);
    scripted.add(3);
    const { message } = externalCommit(scripted);
    expect(processExternal(scripted, message, 4)).toEqual({ ok: false, rule: 'mls.limit-leaves' });
  });

  it('is for commits from outside, as processCommit is for those from within', () => {
    const scripted = someGroup();
    const { crypto, now, group } = scripted;
    const { message } = externalCommit(scripted);
    const refused = { ok: false, rule: 'mls.6-sender' };
    expect(processCommit(group, message, { crypto, now, maxLeaves: 64 })).toEqual(refused);
    expect(processExternal(scripted, scripted.commit({ committer: 2 }))).toEqual(refused);
  });

  it("completes the new epoch's GroupInfo under the joiner's leaf", () => {
    const scripted = someGroup();
    const { joiner } = join(scripted);
    const update = scripted.groupInfoUpdate(joiner);
    expect(withGroupInfoUpdate(scripted.group, joiner, update, scripted.crypto)).toMatchObject({ ok: true });
  });
});
