import { extensionsCodec, ExtensionType, mlsMessageCodec } from '@phoenix/mls';
import { decode, utf8 } from '@phoenix/wire';
import {
  agreement,
  GROUP_KEYS,
  GROUP_POLICY,
  LIFETIME,
  MlsParty,
  NOW_MS,
  stage,
} from '../testing/mls/mls-party.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('a group on ts-mls', () => {
  it('is joined by a Welcome that hands over the group keys before the tree is there', async () => {
    const party = await MlsParty.of(1);
    const alice = await party.group('alice');
    const keys = await party.keyPackage('bob');
    const staged = await party.commit(alice, [], {
      add: [keys.keyPackage],
      welcomeExtensions: [GROUP_KEYS],
    });

    expect(party.engine.welcomeRecipients(staged.welcome!)).toEqual([keys.ref]);
    const contents = await party.engine.openWelcome(staged.welcome!, keys);
    expect(contents).toMatchObject({ groupId: alice.groupId, epoch: 1n, extensions: [GROUP_KEYS] });

    const update = decode(extensionsCodec, staged.groupInfoUpdate.extensions);
    expect(update.map((extension) => extension.type)).toEqual([ExtensionType.externalPub]);
    const info = decode(mlsMessageCodec, await alice.groupInfo());
    expect(info).toMatchObject({ type: 'groupInfo', groupInfo: { extensions: update, signer: 0 } });

    const bob = await party.join(staged, keys, alice);
    expect(agreement(bob)).toBe(agreement(alice));
    expect(bob.members().map((member) => text(member.identity))).toEqual(['alice', 'bob']);
    expect([alice.ownLeaf, bob.ownLeaf]).toEqual([0, 1]);
  });

  it('carries messages with their sender and authenticated data', async () => {
    const party = await MlsParty.of(2);
    const alice = await party.group('alice');
    const [bob] = await party.add(alice, [], 'bob');
    const message = await bob!.encrypt(utf8('hello'), utf8('bound'));
    expect(await alice.decrypt(message)).toEqual({
      kind: 'message',
      sender: bob!.members()[1],
      epoch: 1n,
      authenticatedData: utf8('bound'),
      content: utf8('hello'),
    });
  });

  it('takes a last-resort package more than once', async () => {
    const party = await MlsParty.of(3);
    const keys = await party.keyPackage('bob', true);
    for (const name of ['alice', 'carol']) {
      const group = await party.group(name);
      const staged = await party.commit(group, [], { add: [keys.keyPackage] });
      expect(agreement(await party.join(staged, keys, group))).toBe(agreement(group));
    }
  });

  it('tells everyone who came, went and changed, and what the commit authenticated', async () => {
    const party = await MlsParty.of(4);
    const alice = await party.group('alice');
    const [bob] = await party.add(alice, [], 'bob');
    const keys = await party.keyPackage('carol');
    const added = await stage(alice, { add: [keys.keyPackage], remove: [1] });
    expect(await alice.mergePendingCommit()).toMatchObject({ kind: 'merged', committer: 0 });
    expect(await bob!.processCommit(added.commit, NOW_MS)).toMatchObject({ kind: 'removed', committer: 0 });
    const carol = await party.join(added, keys, alice);
    const newLeaf = party.leaf('carol anew');
    const rotated = await party.commit(carol, [], { newLeaf, authenticatedData: utf8('new keys') });
    const outcome = await alice.processCommit(rotated.commit, NOW_MS);
    expect(outcome).toMatchObject({
      kind: 'applied',
      committer: 1,
      authenticatedData: utf8('new keys'),
      added: [],
      removed: [],
      updated: [{ before: { leaf: 1, identity: utf8('carol') }, after: { identity: utf8('carol anew') } }],
    });
    expect(agreement(carol)).toBe(agreement(alice));
  });

  it('tells a member who took a freed leaf from the one who left it', async () => {
    const party = await MlsParty.of(5);
    const alice = await party.group('alice');
    const [bob, carol] = await party.add(alice, [], 'bob', 'carol');
    const keys = await party.keyPackage('dave');
    const staged = await party.commit(alice, [bob!], { add: [keys.keyPackage], remove: [1] });
    expect(await carol!.processCommit(staged.commit, NOW_MS)).toMatchObject({
      added: [{ leaf: 1, identity: utf8('dave') }],
      removed: [{ leaf: 1, identity: utf8('bob') }],
      updated: [],
    });
  });

  it('refuses a KeyPackage whose signature is wrong, a leaf that is not there and a Welcome for another', async () => {
    const party = await MlsParty.of(6);
    const alice = await party.group('alice');
    const forged = (await party.keyPackage('mallory')).keyPackage.slice();
    forged[forged.length - 1]! ^= 1;
    const authenticatedData = new Uint8Array();
    expect(await alice.stageCommit({ authenticatedData, add: [forged] })).toBeUndefined();
    expect(await alice.stageCommit({ authenticatedData, add: [utf8('nothing')] })).toBeUndefined();
    expect(await alice.stageCommit({ authenticatedData, remove: [7] })).toBeUndefined();
    const { welcome } = await stage(alice, { add: [(await party.keyPackage('bob')).keyPackage] });
    const other = await party.keyPackage('carol');
    expect(await party.engine.openWelcome(welcome!, other)).toBeUndefined();
    expect(await party.engine.joinGroup(welcome!, other, alice.ratchetTree())).toBeUndefined();
  });

  it('checks lifetimes by the injected clock', async () => {
    const party = await MlsParty.of(7);
    const alice = await party.group('alice');
    const leaf = party.leaf('bob');
    const late = { notBefore: LIFETIME.notAfter, notAfter: LIFETIME.notAfter + 1n };
    const keys = await party.engine.generateKeyPackage({
      ...leaf,
      lifetime: late,
      extensions: [],
      lastResort: false,
    });
    const request = { authenticatedData: new Uint8Array(), add: [keys.keyPackage] };
    expect(await alice.stageCommit(request)).toBeUndefined();
  });

  it('changes nothing on bytes that are no commit or message of it', async () => {
    const party = await MlsParty.of(8);
    const alice = await party.group('alice');
    const [bob] = await party.add(alice, [], 'bob');
    const { commit } = await stage(bob!, { groupContextExtensions: [GROUP_POLICY] });
    const message = await bob!.encrypt(utf8('hello'), new Uint8Array());
    const before = await alice.serialize();
    for (let i = 0; i < 60; i++) {
      const [badCommit, badMessage] = [commit.slice(), message.slice()];
      badCommit[4 + party.random.below(commit.length - 4)]! ^= 1 + party.random.below(255);
      badMessage[4 + party.random.below(message.length - 4)]! ^= 1 + party.random.below(255);
      expect((await alice.processCommit(badCommit, NOW_MS)).kind).toMatch(/^(refused|untagged|past|future)$/);
      expect((await alice.decrypt(badMessage)).kind).toMatch(/^(refused|past|future)$/);
    }
    for (const bytes of [new Uint8Array(), Uint8Array.of(...commit, 0), message]) {
      expect(await alice.processCommit(bytes, NOW_MS)).toMatchObject({ kind: 'refused' });
    }
    expect(await alice.decrypt(commit)).toEqual({ kind: 'refused' });
    expect(await alice.serialize()).toEqual(before);
    expect(await alice.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied' });
    expect(await alice.decrypt(message)).toMatchObject({ kind: 'message' });
  });
});
