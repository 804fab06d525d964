import { nodeCrypto } from '@phoenix/crypto';
import { utf8 } from '@phoenix/wire';
import { agree } from '../testing/mls/agree.js';
import { type GarblingEngine, garblingEngine } from '../testing/garbling-engine.js';
import { GROUP_KEYS, LIFETIME, MlsParty, NOW_MS, stage } from '../testing/mls/mls-party.js';
import type { MlsGroup } from './mls-group.js';

const NONE = new Uint8Array();
const UNDECRYPTABLE = { kind: 'refused', undecryptable: true };

/** Two honest members and one who garbles its commits when told to. */
async function withMallory(seed: number) {
  const party = await MlsParty.of(seed);
  const garbling = await garblingEngine(nodeCrypto(party.random), party.clock);
  const [alice, bob] = await party.conversation('alice', 'bob');
  const mallory = await comeAsMallory(party, garbling, [alice!, bob!]);
  return { party, garbling, alice: alice!, bob: bob!, mallory };
}

async function comeAsMallory(
  party: MlsParty,
  { engine }: GarblingEngine,
  [alice, ...others]: [MlsGroup, ...MlsGroup[]],
): Promise<MlsGroup> {
  const leaf = party.pseudonymous('mallory');
  const package_ = { ...leaf, lifetime: LIFETIME, extensions: [], lastResort: false };
  const keys = await engine.generateKeyPackage(package_);
  const staged = await party.commit(alice, others, {
    add: [keys.keyPackage],
    welcomeExtensions: [GROUP_KEYS],
  });
  return (await engine.joinGroup(staged.welcome!, keys, alice.ratchetTree()))!;
}

describe('a poisoned commit', () => {
  it.each([
    ['seals nonsense', 'secrets', 111],
    ['names keys that its secrets do not make (RFC 9420 §7.5)', 'keys', 112],
  ] as const)('that %s is told from an invalid one, and changes nothing', async (_how, what, seed) => {
    const { garbling, alice, bob, mallory } = await withMallory(seed);
    const own = await stage(alice, {});
    const message = await bob.encrypt(utf8('meanwhile'), NONE);
    garbling.garble(what);
    const { commit } = await stage(mallory, {});
    const before = await alice.serialize();
    for (let i = 0; i < 3; i++) expect(await alice.processCommit(commit, NOW_MS)).toEqual(UNDECRYPTABLE);
    expect(await alice.serialize()).toEqual(before);
    expect(alice.pendingCommit).toEqual(own);
    expect(await alice.decrypt(message)).toMatchObject({ content: utf8('meanwhile') });
    expect(await alice.processCommit(own.commit, NOW_MS)).toMatchObject({ kind: 'merged' });
    expect(await bob.processCommit(own.commit, NOW_MS)).toMatchObject({ kind: 'applied' });
    agree(alice, bob);
  });

  it.each([
    ['membership tag', 1],
    ['confirmation tag, which no signature covers', 34],
  ])('is not what a commit becomes whose %s was changed on the way', async (_what, fromEnd) => {
    const { alice, bob, mallory } = await withMallory(118);
    const { commit } = await stage(mallory, {});
    const changed = commit.slice();
    changed[changed.length - fromEnd]! ^= 1;
    const before = await alice.serialize();
    expect(await alice.processCommit(changed, NOW_MS)).toEqual({ kind: 'untagged' });
    expect(await alice.serialize()).toEqual(before);
    for (const group of [alice, bob])
      expect(await group.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied' });
    await mallory.mergePendingCommit();
    agree(alice, bob, mallory);
  });

  it('is left behind by resyncs, and its sender by a Remove', async () => {
    const { party, garbling, alice, bob, mallory } = await withMallory(113);
    garbling.garble();
    const { commit } = await stage(mallory, {});
    await mallory.mergePendingCommit();
    for (const group of [alice, bob])
      expect(await group.processCommit(commit, NOW_MS)).toEqual(UNDECRYPTABLE);
    garbling.relent();
    const back = (await party.externalJoin(mallory, 'alice', 0))!;
    for (const group of [mallory, bob]) await group.processCommit(back.commit, NOW_MS);
    expect(bob.epoch).toBe(2n);
    const { group: bobAgain } = await party.comeIn([back.group, mallory], 'bob', 1);
    agree(bobAgain, back.group);
    await party.commit(back.group, [bobAgain, mallory], { remove: [2] });
    agree(bobAgain, back.group);
    expect(mallory.active).toBe(false);
  });

  it('from outside is told from an invalid one, and changes nothing', async () => {
    const { party, garbling, alice, bob, mallory } = await withMallory(114);
    for (const what of ['secrets', 'keys'] as const) {
      garbling.garble(what);
      const joined = await garbling.engine.joinByExternalCommit({
        groupInfo: await alice.groupInfo(),
        ratchetTree: alice.ratchetTree(),
        ownLeaf: party.pseudonymous('mallory'),
        resync: { leaf: 2 },
        authenticatedData: NONE,
        externalSender: party.service.keys.publicKey,
      });
      const before = await bob.serialize();
      expect(await bob.processCommit(joined!.commit, NOW_MS)).toEqual(UNDECRYPTABLE);
      expect(await bob.serialize()).toEqual(before);
    }
    garbling.relent();
    await party.commit(alice, [bob, mallory], {});
    agree(alice, bob, mallory);
  });

  it('follows from a GroupInfo with an external_pub that nobody has the key of, and ends with the next resync', async () => {
    const { party, garbling, alice, bob, mallory } = await withMallory(117);
    garbling.garble('keys');
    const groupInfo = await mallory.groupInfo();
    garbling.relent();
    const astray = (await party.externalJoin(alice, 'bob', 1, { groupInfo }))!;
    for (const group of [alice, mallory])
      expect(await group.processCommit(astray.commit, NOW_MS)).toEqual(UNDECRYPTABLE);
    expect(await bob.processCommit(astray.commit, NOW_MS)).toMatchObject({ kind: 'removed' });
    const { group: aliceAgain } = await party.comeIn([astray.group], 'alice', 0);
    await party.comeIn([astray.group, aliceAgain], 'mallory', 2);
    agree(astray.group, aliceAgain);
    expect(aliceAgain.members()).toHaveLength(3);
  });

  it('keeps out whom it invites: a Welcome whose secret does not fit the tree is refused (RFC 9420 §12.4.3.1)', async () => {
    const { party, garbling, mallory } = await withMallory(115);
    const keys = await party.keyPackage('dave');
    garbling.garble('keys');
    const add = [keys.keyPackage];
    const newLeaf = party.pseudonymous('mallory');
    const { welcome } = await stage(mallory, { add, newLeaf, welcomeExtensions: [GROUP_KEYS] });
    await mallory.mergePendingCommit();
    expect(await party.engine.joinGroup(welcome!, keys, mallory.ratchetTree())).toBeUndefined();
  });

  it('on which engine and gatekeeper do not agree is refused before either has taken it', async () => {
    const party = await MlsParty.of(116);
    const [alice, bob] = await party.conversation('alice', 'bob');
    const ungated = await party.ungatedEngine();
    const leaf = { ...party.pseudonymous('carol'), lifetime: LIFETIME, extensions: [], lastResort: false };
    const keys = await ungated.generateKeyPackage(leaf);
    const { welcome } = await party.commit(alice!, [bob!], { add: [keys.keyPackage] });
    const carol = await ungated.joinGroup(welcome!, keys, alice!.ratchetTree());
    // ts-mls reads an empty list of extensions as none proposed.
    const { commit } = await stage(carol!, { groupContextExtensions: [] });
    const before = await bob!.serialize();
    expect(await bob!.processCommit(commit, NOW_MS)).toEqual(UNDECRYPTABLE);
    expect(await bob!.serialize()).toEqual(before);
    await party.commit(alice!, [bob!], {});
    agree(alice!, bob!);
  });
});
