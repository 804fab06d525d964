import { utf8 } from '@phoenix/wire';
import { agree, talk } from '../testing/mls/agree.js';
import { MlsParty, NOW_MS, propose, stage } from '../testing/mls/mls-party.js';
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

  it('of our own can be withdrawn when the delivery service has refused it, and comes back if it has not', async () => {
    const { party, alice, bob, carol } = await threeOf(79);
    const untouched = await carol.serialize();
    const own = await carol.proposeSelfRemove(NONE);
    await carol.withdrawSelfRemove();
    expect(await carol.serialize()).toEqual(untouched);
    await talk(carol, alice);
    await propose([carol, alice, bob], party.service.remove(alice, 1));
    await propose([carol, alice], own);
    await carol.withdrawSelfRemove();
    expect(carol.pendingProposals()).toEqual(bob.pendingProposals());
    await propose([carol], own);
    await stage(alice, { commitPending: true });
    const { commit } = alice.pendingCommit!;
    expect(await carol.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'removed' });
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
