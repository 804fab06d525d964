import { utf8 } from '@phoenix/wire';
import { agree, talk } from '../testing/mls/agree.js';
import { GROUP_POLICY, MlsParty, NOW_MS, propose, stage } from '../testing/mls/mls-party.js';
import type { ExternalJoinRequest } from './mls-engine.js';

const NONE = new Uint8Array();

async function membersOf(seed: number, ...names: [string, ...string[]]) {
  const party = await MlsParty.of(seed);
  return { party, groups: await party.conversation(...names) };
}

describe('an external join', () => {
  it('lets someone in who has no Welcome, and all agree', async () => {
    const { party, groups } = await membersOf(91, 'alice', 'bob');
    const [alice, bob] = [groups[0]!, groups[1]!];
    const { commit, epoch, ownLeaf, group } = (await party.externalJoin(alice, 'carol'))!;
    expect({ epoch, ownLeaf, at: group.epoch }).toEqual({ epoch: 2n, ownLeaf: 2, at: 2n });
    expect(await bob.processCommit(commit, NOW_MS)).toEqual({
      kind: 'applied',
      committer: 2,
      external: true,
      proposed: [],
      authenticatedData: utf8('aad'),
      added: [group.members()[2]],
      removed: [],
      updated: [],
    });
    await alice.processCommit(commit, NOW_MS);
    agree(alice, bob, group);
    await talk(alice, bob, group);
    await party.commit(group, [alice, bob], {});
    await party.commit(alice, [group, bob], { newLeaf: party.pseudonymous('alice') });
    agree(alice, bob, group);
  });

  it('is past to its own echo, and waits in the store until it is accepted', async () => {
    const { party, groups } = await membersOf(92, 'alice');
    const [alice] = groups;
    const joined = (await party.externalJoin(alice!, 'bob'))!;
    const restored = await party.engine.restoreGroup(await joined.group.serialize());
    expect(await restored.serialize()).toEqual(await joined.group.serialize());
    await alice!.processCommit(joined.commit, NOW_MS);
    expect(await restored.processCommit(joined.commit, NOW_MS)).toEqual({ kind: 'past' });
    agree(alice!, restored);
    await talk(alice!, restored);
  });

  it('that loses the race is past to the others, and made anew', async () => {
    const { party, groups } = await membersOf(93, 'alice', 'bob');
    const [alice, bob] = [groups[0]!, groups[1]!];
    const lost = (await party.externalJoin(alice, 'carol'))!;
    await party.commit(bob, [alice], {});
    for (const group of groups)
      expect(await group.processCommit(lost.commit, NOW_MS)).toEqual({ kind: 'past' });
    const { group } = await party.comeIn(groups, 'carol');
    agree(alice, bob, group);
  });

  it('ends the epoch with what was proposed and staged in it', async () => {
    const { party, groups } = await membersOf(94, 'alice', 'bob', 'carol');
    const [alice, bob] = [groups[0]!, groups[1]!];
    await propose(groups, party.service.remove(alice, 2));
    await stage(alice, { commitPending: true });
    await party.comeIn(groups, 'dave');
    for (const group of groups) {
      expect(group.pendingCommit).toBeUndefined();
      expect(group.pendingProposals()).toEqual([]);
    }
    await propose(groups, party.service.remove(alice, 2));
    await party.commit(alice, [bob], { commitPending: true });
    agree(alice, bob);
  });

  it('is made only into what the delivery service can have told', async () => {
    const { party, groups } = await membersOf(95, 'alice', 'bob');
    const alice = groups[0]!;
    const [groupInfo, ratchetTree] = [await alice.groupInfo(), alice.ratchetTree()];
    const wrong: Partial<ExternalJoinRequest>[] = [
      { externalSender: party.leaf('another service').signatureKeys.publicKey },
      { resync: { leaf: 7 } },
      { resync: { leaf: 2 ** 31 } },
      { ratchetTree: ratchetTree.subarray(1) },
      { ratchetTree: Uint8Array.of(...ratchetTree, 0) },
      { groupInfo: Uint8Array.of(...groupInfo, 0) },
      { groupInfo: (await stage(alice, {})).commit },
      { groupInfo: NONE, ratchetTree: NONE },
    ];
    for (const other of wrong)
      expect(await party.externalJoin(alice, 'carol', undefined, other)).toBeUndefined();
    for (let i = 0; i < 60; i++) {
      const bent = groupInfo.slice();
      bent[party.random.below(bent.length)]! ^= 1 << party.random.below(8);
      expect(await party.externalJoin(alice, 'carol', undefined, { groupInfo: bent })).toBeUndefined();
    }
    const closed = await party.group('alice', [GROUP_POLICY], party.pseudonymous('alice'));
    expect(await party.externalJoin(closed, 'carol')).toBeUndefined();
    const { signatureKeys } = party.leaf('short');
    await expect(
      party.externalJoin(alice, 'carol', undefined, { ownLeaf: { identity: NONE, signatureKeys } }),
    ).resolves.toBeDefined();
  });
});
