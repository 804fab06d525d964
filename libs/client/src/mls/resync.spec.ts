import { decode, leafCredential } from '@phoenix/wire';
import { agree, talk } from '../testing/mls/agree.js';
import { MlsParty, NOW_MS, stage } from '../testing/mls/mls-party.js';
import type { MlsMember } from './mls-group.js';

const pseudonym = ({ identity }: MlsMember) => decode(leafCredential, identity).pseudonym;

async function membersOf(seed: number, ...names: [string, ...string[]]) {
  const party = await MlsParty.of(seed);
  return { party, groups: await party.conversation(...names) };
}

describe('a resync', () => {
  it('puts a member back under its pseudonym, and tells the others who it was', async () => {
    const { party, groups } = await membersOf(101, 'alice', 'bob', 'carol');
    const [alice, bob, carol] = [groups[0]!, groups[1]!, groups[2]!];
    const before = alice.members()[1]!;
    const { commit, ownLeaf, group } = (await party.externalJoin(alice, 'bob', 1))!;
    const after = group.members()[1]!;
    expect([ownLeaf, pseudonym(after)]).toEqual([1, pseudonym(before)]);
    const outcome = await carol.processCommit(commit, NOW_MS);
    expect(outcome).toMatchObject({ kind: 'applied', committer: 1, external: true, added: [], removed: [] });
    expect(outcome).toMatchObject({ updated: [{ before, after }] });
    await alice.processCommit(commit, NOW_MS);
    agree(alice, carol, group);
    expect(await bob.processCommit(commit, NOW_MS)).toEqual({
      kind: 'removed',
      committer: 1,
      external: true,
      proposed: [],
    });
    await talk(alice, carol, group);
  });

  it('may take another leaf than the one it replaces', async () => {
    const { party, groups } = await membersOf(102, '0', '1', '2', '3', '4');
    await party.commit(groups[0]!, groups.slice(2), { remove: [1] });
    const present = [groups[0]!, groups[2]!, groups[4]!];
    const { commit, ownLeaf, group } = (await party.externalJoin(groups[0]!, '3', 3))!;
    expect(ownLeaf).toBe(1);
    for (const other of present)
      expect(await other.processCommit(commit, NOW_MS)).toMatchObject({
        committer: 1,
        updated: [{ before: { leaf: 3 }, after: { leaf: 1 } }],
      });
    expect(await groups[3]!.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'removed', committer: 1 });
    agree(...present, group);
    await talk(...present, group);
  });

  it.each([
    ['the first of three', 3, 0],
    ['the last of three', 3, 2],
    ['the last of five, alone in its half', 5, 4],
    ['the last of nine', 9, 8],
    ['the first of eight', 8, 0],
    ['one of two', 2, 1],
  ])('holds for %s', async (_who, count, leaf) => {
    const names = Array.from({ length: count }, (_, i) => String(i)) as [string, ...string[]];
    const { party, groups } = await membersOf(103, ...names);
    const others = groups.filter((group) => group.ownLeaf !== leaf);
    await party.commit(others[0]!, others.slice(1), {});
    const { group } = await party.comeIn(others, String(leaf), leaf);
    agree(...others, group);
    await party.commit(group, others, {});
    await party.commit(others.at(-1)!, [group, ...others.slice(0, -1)], {});
    agree(...others, group);
    await talk(...others, group);
  });

  it('holds where the left half is blank', async () => {
    const { party, groups } = await membersOf(104, '0', '1', '2', '3');
    const [carol, dave] = [groups[2]!, groups[3]!];
    await party.commit(carol, [dave], { remove: [0, 1] });
    const { group, ownLeaf } = await party.comeIn([carol], '3', 3);
    expect(ownLeaf).toBe(0);
    agree(carol, group);
    await party.commit(carol, [group], {});
    await party.commit(group, [carol], {});
    agree(carol, group);
  });

  it('holds where leaves are unmerged, and those are sent their secrets', async () => {
    const { party, groups } = await membersOf(105, '0', '1', '2', '3', '4', '5');
    await party.commit(
      groups[2]!,
      [0, 1, 3, 4, 5].map((i) => groups[i]!),
      {},
    );
    await party.commit(
      groups[0]!,
      [1, 2, 4, 5].map((i) => groups[i]!),
      { remove: [3] },
    );
    await party.commit(
      groups[5]!,
      [0, 1, 2, 4].map((i) => groups[i]!),
      {},
    );
    const present = [0, 1, 2, 4, 5].map((i) => groups[i]!);
    const [six] = await party.invite(
      groups[1]!,
      present.filter((g) => g !== groups[1]),
      '6',
    );
    expect(six!.ownLeaf).toBe(3);
    const others = [...present.filter((g) => g !== groups[4]), six!];
    const { group } = await party.comeIn(others, '4', 4);
    agree(...others, group);
    await talk(...others, group);
  });

  it('puts out the state that it leaves behind, for good', async () => {
    const { party, groups } = await membersOf(109, 'alice', 'bob');
    const [alice, bob] = [groups[0]!, groups[1]!];
    const other = await stage(alice, {});
    const { commit } = (await party.externalJoin(alice, 'bob', 1))!;
    expect(await bob.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'removed' });
    const out = await party.engine.restoreGroup(await bob.serialize());
    for (const late of [commit, other.commit, party.service.remove(alice, 0)])
      expect(await out.processCommit(late, NOW_MS)).toEqual({ kind: 'refused', undecryptable: false });
    expect(await out.processProposal(party.service.remove(alice, 0), NOW_MS)).toBe('refused');
    await expect(out.stageCommit({ authenticatedData: new Uint8Array() })).rejects.toThrow();
    await expect(out.encrypt(new Uint8Array(), new Uint8Array())).rejects.toThrow();
  });

  it('holds for a member that is alone', async () => {
    const { party, groups } = await membersOf(106, 'alice');
    const { group, ownLeaf } = (await party.externalJoin(groups[0]!, 'alice', 0))!;
    expect([ownLeaf, group.members().length]).toEqual([0, 1]);
    const [bob] = await party.invite(group, [], 'bob');
    agree(group, bob!);
  });

  it('is refused where it removes another than who comes', async () => {
    const { party, groups } = await membersOf(107, 'alice', 'bob', 'carol');
    const ungated = await party.ungatedEngine();
    const joined = await ungated.joinByExternalCommit({
      groupInfo: await groups[0]!.groupInfo(),
      ratchetTree: groups[0]!.ratchetTree(),
      ownLeaf: party.pseudonymous('mallory'),
      resync: { leaf: 1 },
      authenticatedData: new Uint8Array(),
      externalSender: party.service.keys.publicKey,
    });
    for (const group of groups) {
      const before = await group.serialize();
      expect(await group.processCommit(joined!.commit, NOW_MS)).toEqual({
        kind: 'refused',
        undecryptable: false,
      });
      expect(await group.serialize()).toEqual(before);
    }
    expect(await party.externalJoin(groups[0]!, 'mallory', 1)).toBeUndefined();
  });

  it('leaves everything as it is when it is bent, cut short, grown or repeated', async () => {
    const { party, groups } = await membersOf(108, 'alice', 'bob', 'carol');
    const alice = groups[0]!;
    const { commit } = (await party.externalJoin(alice, 'bob', 1))!;
    const before = await alice.serialize();
    for (let i = 0; i < 120; i++) {
      const bent = commit.slice();
      bent[4 + party.random.below(commit.length - 4)]! ^= 1 + party.random.below(255);
      expect((await alice.processCommit(bent, NOW_MS)).kind).toMatch(/^(refused|past|future)$/);
      const short = commit.subarray(0, party.random.below(commit.length));
      expect(await alice.processCommit(short, NOW_MS)).toMatchObject({ kind: 'refused' });
    }
    const grown = Uint8Array.of(...commit, 0);
    expect(await alice.processCommit(grown, NOW_MS)).toMatchObject({ kind: 'refused' });
    expect(await alice.serialize()).toEqual(before);
    expect(await alice.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied' });
    expect(await alice.processCommit(commit, NOW_MS)).toEqual({ kind: 'past' });
  });
});
