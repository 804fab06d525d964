import { utf8 } from '@phoenix/wire';
import { agree } from '../testing/mls/agree.js';
import { LIFETIME, MlsParty, NOW_MS, propose, stage } from '../testing/mls/mls-party.js';
import type { MlsGroup } from './mls-group.js';

const NONE = new Uint8Array();

async function threeOf(seed: number) {
  const party = await MlsParty.of(seed);
  const [alice, bob, carol] = await party.conversation('alice', 'bob', 'carol');
  return { party, alice: alice!, bob: bob!, carol: carol! };
}

describe('a pending proposal', () => {
  it('of a member who leaves is committed by another, by reference', async () => {
    const { party, alice, bob, carol } = await threeOf(71);
    const message = await bob.proposeSelfRemove(utf8('bound'));
    const pending = { removes: 1, sender: 'member', message } as const;
    await propose([alice, carol], message);
    for (const group of [alice, bob, carol]) expect(group.pendingProposals()).toEqual([pending]);
    const { commit } = await stage(alice, { commitPending: true });
    const origin = { committer: 0, external: false, proposed: [pending] };
    const removed = [carol.members()[1]];
    expect(await carol.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied', ...origin, removed });
    expect(await bob.processCommit(commit, NOW_MS)).toEqual({ kind: 'removed', ...origin });
    expect(await alice.mergePendingCommit()).toMatchObject({ kind: 'merged', ...origin, removed });
    agree(alice, carol);
    expect([...alice.pendingProposals(), ...carol.pendingProposals()]).toEqual([]);
    await party.commit(carol, [alice], {});
    agree(alice, carol);
  });

  it('of the delivery service removes whom it names, together with what the committer adds', async () => {
    const { party, alice, bob, carol } = await threeOf(72);
    await propose([alice, bob, carol], party.service.remove(alice, 2));
    const keys = await party.keyPackage('dave', false, party.pseudonymous('dave'));
    const staged = await stage(alice, { commitPending: true, add: [keys.keyPackage] });
    expect(await carol.processCommit(staged.commit, NOW_MS)).toMatchObject({ kind: 'removed' });
    expect(await bob.processCommit(staged.commit, NOW_MS)).toMatchObject({
      added: [{ leaf: 2 }],
      removed: [{ leaf: 2 }],
      proposed: [{ removes: 2, sender: 'external' }],
    });
    await alice.mergePendingCommit();
    agree(alice, bob, await party.join(staged, keys, alice));
  });

  it('stops its members from sending until it is committed (RFC 9420 §12.4)', async () => {
    const { party, alice, bob, carol } = await threeOf(73);
    await propose([alice, bob], party.service.remove(alice, 2));
    await expect(alice.encrypt(utf8('too early'), NONE)).rejects.toThrow('unapplied proposals');
    expect(await alice.decrypt(await carol.encrypt(utf8('before it knew'), NONE))).toMatchObject({
      kind: 'message',
    });
    await party.commit(alice, [bob], { commitPending: true });
    expect(await bob.decrypt(await alice.encrypt(utf8('now'), NONE))).toMatchObject({ kind: 'message' });
  });

  it('is left out unless the commit is to take it, and over when its epoch is', async () => {
    const { party, alice, bob, carol } = await threeOf(74);
    const proposal = party.service.remove(alice, 2);
    await propose([alice, bob, carol], proposal);
    await party.commit(alice, [bob, carol], {});
    agree(alice, bob, carol);
    for (const group of [alice, bob, carol]) {
      expect(group.pendingProposals()).toEqual([]);
      expect(await group.processProposal(proposal, NOW_MS)).toBe('past');
    }
    expect(await alice.encrypt(utf8('free again'), NONE)).toBeDefined();
  });

  it('is kept once however often it comes, and one for each leaf is committed', async () => {
    const { party, alice, bob, carol } = await threeOf(75);
    const own = await bob.proposeSelfRemove(NONE);
    expect(await bob.proposeSelfRemove(NONE)).toEqual(own);
    expect(await bob.processProposal(own, NOW_MS)).toBe('repeated');
    const service = party.service.remove(alice, 1);
    await propose([alice, carol, bob], service);
    await propose([alice, carol], own);
    expect(await alice.processProposal(service, NOW_MS)).toBe('repeated');
    expect(alice.pendingProposals()).toHaveLength(2);
    const { commit } = await stage(alice, { commitPending: true, remove: [1] });
    const committed = { proposed: [{ sender: 'external' }] };
    expect(await carol.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied', ...committed });
    expect(await bob.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'removed', ...committed });
    await alice.mergePendingCommit();
    agree(alice, carol);
  });

  it('that removes us keeps us from committing it, and from nothing else', async () => {
    const { party, alice, bob, carol } = await threeOf(76);
    await propose([alice, bob, carol], party.service.remove(alice, 0));
    expect(await alice.stageCommit({ authenticatedData: NONE, commitPending: true })).toBeUndefined();
    expect(alice.pendingCommit).toBeUndefined();
    await party.commit(bob, [carol], { commitPending: true });
    agree(bob, carol);
  });

  it('stays beside a commit of ours that was staged before it came', async () => {
    const { party, alice, bob, carol } = await threeOf(77);
    const staged = await stage(alice, {});
    const proposal = party.service.remove(alice, 2);
    await propose([alice, bob, carol], proposal);
    expect(alice.pendingCommit).toEqual(staged);
    await alice.discardPendingCommit();
    await party.commit(alice, [bob], { commitPending: true });
    agree(alice, bob);
    expect(alice.members()).toHaveLength(2);
  });

  it('survives in the store, before and after a commit of it is staged', async () => {
    const { party, alice, bob, carol } = await threeOf(78);
    const own = await carol.proposeSelfRemove(NONE);
    await propose([alice, bob], own);
    const again = async (group: MlsGroup) => {
      const restored = await party.engine.restoreGroup(await group.serialize());
      expect(await restored.serialize()).toEqual(await group.serialize());
      return restored;
    };
    const leaving = await again(carol);
    expect(await leaving.proposeSelfRemove(NONE)).toEqual(own);
    const [before, other] = [await again(alice), await again(bob)];
    expect(before.pendingProposals()).toEqual(alice.pendingProposals());
    const { commit } = await stage(before, { commitPending: true });
    const after = await again(before);
    expect(await after.mergePendingCommit()).toMatchObject({
      removed: [{ leaf: 2 }],
      proposed: [{ removes: 2, message: own }],
    });
    expect(await other.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied' });
    expect(await leaving.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'removed' });
    agree(after, other);
    await expect(leaving.proposeSelfRemove(NONE)).rejects.toThrow('out already');
  });
});

describe('a proposal that is none', () => {
  const refused = async (group: MlsGroup, ...proposals: Uint8Array[]) => {
    const before = await group.serialize();
    for (const proposal of proposals) expect(await group.processProposal(proposal, NOW_MS)).toBe('refused');
    expect(await group.serialize()).toEqual(before);
  };

  it('is not taken from strangers', async () => {
    const { party, alice } = await threeOf(81);
    const remove = { type: 'remove', removed: 1 } as const;
    const { signatureKeys: keys } = party.leaf('a stranger');
    const { service } = party;
    await refused(
      alice,
      service.propose(alice, remove, { keys }),
      service.propose(alice, remove, { sender: { type: 'external', senderIndex: 1 } }),
      service.propose(alice, remove, { sender: { type: 'member', leafIndex: 1 }, keys }),
      service.propose(alice, remove, { sender: { type: 'new_member_proposal' }, keys }),
      service.propose(alice, remove, { sender: { type: 'new_member_commit' }, keys }),
    );
  });

  it('is not taken from a member about another, without its membership tag, or about nobody', async () => {
    const party = await MlsParty.of(82);
    const leaf = party.pseudonymous('mallory');
    const [alice] = await party.conversation('alice', 'bob');
    const keys = await party.keyPackage('mallory', false, leaf);
    await party.commit(alice!, [], { add: [keys.keyPackage] });
    const sender = { type: 'member', leafIndex: 2 } as const;
    const by = { sender, keys: leaf.signatureKeys };
    await refused(
      alice!,
      party.service.propose(alice!, { type: 'remove', removed: 1 }, by),
      party.service.propose(alice!, { type: 'remove', removed: 2 }, by),
      party.service.remove(alice!, 3),
      party.service.remove(alice!, 2 ** 31),
    );
  });

  it('is not taken where it is more than a Remove, even from the delivery service', async () => {
    const { party, alice } = await threeOf(83);
    const extensions = { type: 'group_context_extensions', extensions: [] } as const;
    const psk = { type: 'external', pskId: utf8('a psk'), nonce: new Uint8Array(32) } as const;
    await refused(
      alice,
      party.service.propose(alice, extensions),
      party.service.propose(alice, { type: 'psk', psk }),
    );
  });

  it('is not taken twice in two wordings, from another group or a later epoch, cut short or grown', async () => {
    const { party, alice, bob } = await threeOf(84);
    const proposal = party.service.remove(alice, 2);
    const other = await party.engine.createGroup({
      ...party.leaf('alice'),
      groupId: utf8('another'),
      lifetime: LIFETIME,
      extensions: [party.service.extension],
    });
    const elsewhere = party.service.remove(other, 0);
    const future = party.service.propose(alice, { type: 'remove', removed: 2 }, { epoch: 9n });
    expect(await alice.processProposal(future, NOW_MS)).toBe('future');
    await refused(
      alice,
      elsewhere,
      new Uint8Array(),
      Uint8Array.of(...proposal, 0),
      ...Array.from({ length: proposal.length }, (_, length) => proposal.subarray(0, length)),
      await bob.encrypt(utf8('a message'), NONE),
      (await stage(bob, {})).commit,
    );
    await propose([alice], proposal);
    const reworded = party.service.propose(
      alice,
      { type: 'remove', removed: 2 },
      { authenticatedData: utf8('once more') },
    );
    await refused(alice, reworded);
    expect(await bob.processCommit(proposal, NOW_MS)).toMatchObject({
      kind: 'refused',
      undecryptable: false,
    });
  });

  it('of four mebibytes and more is not even read', async () => {
    const { party, alice } = await threeOf(85);
    const authenticatedData = new Uint8Array(4 * 1_024 * 1_024);
    const huge = party.service.propose(alice, { type: 'remove', removed: 2 }, { authenticatedData });
    await refused(alice, huge);
  });

  it('names nothing that a commit could take: one by an unknown reference is refused', async () => {
    const { party, alice, bob, carol } = await threeOf(86);
    await propose([alice], party.service.remove(alice, 2));
    const { commit } = await stage(alice, { commitPending: true });
    for (const group of [bob, carol])
      expect(await group.processCommit(commit, NOW_MS)).toEqual({ kind: 'refused', undecryptable: false });
    await propose([bob, carol], alice.pendingProposals()[0]!.message);
    expect(await bob.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied' });
  });
});
