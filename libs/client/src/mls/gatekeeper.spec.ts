import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { utf8 } from '@phoenix/wire';
import type { Reinit } from 'ts-mls';
import { RawParty } from '../testing/mls/raw-ts-mls.js';
import { MLS_SUITE } from './mls-suite.js';
import { nodeMlsEngine } from './node-mls-engine.js';
import { nodeMlsProvider } from './node-provider/node-mls-provider.js';
import { agreement, GROUP_KEYS, LIFETIME, MlsParty, NOW_MS, stage } from '../testing/mls/mls-party.js';
import { tsMlsEngine } from './ts-mls-engine.js';

const TEN_WEEKS_MS = 10 * 7 * 86_400_000;

async function invitation(seed: number) {
  const party = await MlsParty.of(seed);
  const alice = await party.group('alice');
  await party.add(alice, [], 'bob', 'carol');
  const keys = await party.keyPackage('dave');
  const staged = await party.commit(alice, [], { add: [keys.keyPackage], welcomeExtensions: [GROUP_KEYS] });
  return { party, alice, keys, welcome: staged.welcome! };
}

describe('the gatekeeper', () => {
  it('lets nobody join by a tree that differs in a bit from what the GroupInfo names', async () => {
    const { party, alice, keys, welcome } = await invitation(61);
    const tree = alice.ratchetTree();
    for (let i = 0; i < 100; i++) {
      const other = tree.slice();
      other[party.random.below(tree.length)]! ^= 1 << party.random.below(8);
      expect(await party.engine.joinGroup(welcome, keys, other)).toBeUndefined();
    }
    for (const other of [tree.subarray(1), Uint8Array.of(...tree, 0), new Uint8Array(), Uint8Array.of(0)])
      expect(await party.engine.joinGroup(welcome, keys, other)).toBeUndefined();
    const dave = await party.engine.joinGroup(welcome, keys, tree);
    expect(dave && agreement(dave)).toBe(agreement(alice));
  });

  it('lets nobody open a Welcome with something behind it', async () => {
    const { party, keys, welcome } = await invitation(62);
    const longer = Uint8Array.of(...welcome, 0);
    expect(party.engine.welcomeRecipients(longer)).toBeUndefined();
    expect(await party.engine.openWelcome(longer, keys)).toBeUndefined();
  });

  it('joins by no GroupInfo that brings a tree of its own, which ts-mls would take unchecked', async () => {
    const party = await RawParty.of(67);
    const engine = await nodeMlsEngine(nodeCrypto(), new TestClock(NOW_MS));
    const leaf = { identity: utf8('bob'), signatureKeys: nodeCrypto().signer.generateKeyPair() };
    const package_ = { ...leaf, lifetime: LIFETIME, extensions: [], lastResort: false };
    for (const ratchetTreeExtension of [false, true]) {
      const keys = await engine.generateKeyPackage(package_);
      const { welcome, tree } = await party.welcome(keys.keyPackage, ratchetTreeExtension);
      const joined = await engine.joinGroup(welcome, keys, tree);
      expect(joined === undefined).toBe(ratchetTreeExtension);
    }
  });

  it('takes no commit with proposals that no delivery service takes, though ts-mls would', async () => {
    const party = await MlsParty.of(68);
    const [alice, bob] = await party.conversation('alice', 'bob');
    const raw = await RawParty.of(68);
    const { keyPackage, join } = await raw.member();
    const { welcome } = await party.commit(alice!, [bob!], { add: [keyPackage] });
    const carol = await join(welcome!, alice!.ratchetTree());
    const reinit: Reinit = {
      groupId: utf8('next'),
      version: 'mls10',
      cipherSuite: MLS_SUITE,
      extensions: [],
    };
    const commit = await raw.seen(carol, [{ proposalType: 'reinit', reinit }]);
    expect(await bob!.processCommit(commit, NOW_MS)).toEqual({ kind: 'refused', undecryptable: false });
    expect(bob!.active).toBe(true);
  });

  it('refuses a commit in another encoding, which ts-mls by itself would take', async () => {
    const party = await MlsParty.of(63);
    const ungated = await tsMlsEngine(nodeMlsProvider(party.random), () => NOW_MS);
    const alice = await party.group('alice');
    const [bob] = await party.add(alice, [], 'bob');
    const keys = await ungated.generateKeyPackage({
      ...party.leaf('carol'),
      lifetime: LIFETIME,
      extensions: [],
      lastResort: false,
    });
    const { welcome } = await party.commit(alice, [bob!], { add: [keys.keyPackage] });
    const carol = await ungated.joinGroup(welcome!, keys, alice.ratchetTree());
    const { commit } = await stage(alice, {});
    // The group id's length, in two bytes where one is enough (RFC 9420 §2.1.2).
    expect(commit[4]).toBe(utf8('a group').length);
    const longer = Uint8Array.of(...commit.subarray(0, 4), 0x40, ...commit.subarray(4));
    expect(await carol!.processCommit(longer, NOW_MS)).toMatchObject({ kind: 'applied' });
    expect(await bob!.processCommit(longer, NOW_MS)).toMatchObject({ kind: 'refused' });
    expect(await bob!.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied' });
  });

  it('measures lifetimes when the DS accepted the commit, not when it is read', async () => {
    const party = await MlsParty.of(64);
    const alice = await party.group('alice');
    const [bob] = await party.add(alice, [], 'bob');
    const keys = await party.keyPackage('carol');
    const { commit } = await party.commit(alice, [], { add: [keys.keyPackage] });
    party.clock.advance(TEN_WEEKS_MS);
    expect(await bob!.processCommit(commit, NOW_MS + TEN_WEEKS_MS)).toMatchObject({ kind: 'refused' });
    expect(await bob!.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied' });
    expect(agreement(bob!)).toBe(agreement(alice));
  });

  it('adds nobody whose KeyPackage has run out or has something behind it', async () => {
    const party = await MlsParty.of(65);
    const alice = await party.group('alice');
    const { keyPackage } = await party.keyPackage('bob');
    const authenticatedData = new Uint8Array();
    expect(
      await alice.stageCommit({ authenticatedData, add: [Uint8Array.of(...keyPackage, 0)] }),
    ).toBeUndefined();
    party.clock.advance(TEN_WEEKS_MS);
    expect(await alice.stageCommit({ authenticatedData, add: [keyPackage] })).toBeUndefined();
    expect(alice.pendingCommit).toBeUndefined();
  });

  it('makes no group that no delivery service would take', async () => {
    const party = await MlsParty.of(66);
    await expect(party.group('alice', [{ type: 5, data: utf8('no senders') }])).rejects.toThrow();
    const twice = { type: 0xf0a0, data: new Uint8Array(33) };
    await expect(party.group('alice', [twice, twice])).rejects.toThrow('no delivery service');
  });
});
