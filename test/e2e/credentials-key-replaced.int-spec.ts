import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { inspectStore } from '@phoenix/client/testing';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { connect, offersTo } from './acquaintances.js';
import { DyingStore } from './dying-store.js';
import { lost, type Meddling, meddlingFetch, refusing, times } from './meddling-fetch.js';
import { news, optionsAt, person, say, texts, value, viewOf } from './people.js';

describe('a credential key that is replaced', () => {
  let home: TestHomeserver;
  beforeAll(async () => {
    home = await startHomeserver();
  });
  afterAll(() => home.stop());

  const keyIn = async (store: MemoryClientStore) =>
    (await inspectStore(store)).account.credential.payload.publicKey;

  /** Alice and Bob, contacts, and Carol, to whom both are strangers, in one group of Alice's. */
  async function cast(store = new MemoryClientStore(), { fetch } = meddlingFetch()) {
    const alice = await person(home, { store, fetch });
    const bobsStore = new MemoryClientStore();
    const [bob, carol] = [await person(home, { store: bobsStore }), await person(home)];
    for (const each of [alice, bob]) value(await each.connections.publishPackages(2));
    await connect(alice, bob, bob.userId);
    value(await alice.addContact(value(await carol.contactCard())));
    const room = value(await alice.createGroup());
    value(await alice.addMembers(room, [bob.userId, carol.userId]));
    for (const each of [bob, carol, alice]) await news(each);
    return { alice, bob, carol, room, bobsStore };
  }

  /** Reads until nobody has anything left to do. */
  async function settle(...people: readonly PhoenixClient[]) {
    const all = new Map<PhoenixClient, Awaited<ReturnType<typeof news>>>(people.map((each) => [each, []]));
    for (let round = 0; round < 5; round++)
      for (const each of people) all.set(each, [...all.get(each)!, ...(await news(each))]);
    return people.map((each) => all.get(each)!);
  }

  it('is followed by contacts and by strangers in its groups, on the old key’s word', async () => {
    const store = new MemoryClientStore();
    const { alice, bob, carol, room } = await cast(store);
    const before = await keyIn(store);
    const number = value(await bob.connections.safetyNumber(alice.userId));
    value(await alice.account.replaceKey());
    expect(await keyIn(store)).not.toEqual(before);
    const [, bobs, carols] = await settle(alice, bob, carol);
    for (const heard of [bobs!, carols!])
      expect(heard).toEqual([expect.objectContaining({ kind: 'key-changed', user: alice.userId })]);
    const after = value(await bob.connections.safetyNumber(alice.userId));
    expect(after).not.toBe(number);
    expect(value(await alice.connections.safetyNumber(bob.userId))).toBe(after);
    for (const { members } of (await inspectStore(store)).groups)
      for (const { clientId, credentialKey, leftIn } of members)
        if (leftIn === undefined && alice.userId.startsWith(formatted(clientId.user.uuid)))
          expect(credentialKey).toEqual(await keyIn(store));
    await say(alice, room, 'it is me');
    for (const each of [bob, carol]) expect(await texts(each)).toEqual(['it is me']);
  });

  it('is known by the packages that are published under it, and still adds and is added', async () => {
    const { alice, bob } = await cast();
    value(await alice.account.replaceKey());
    await settle(alice, bob);
    const another = value(await bob.createGroup());
    value(await bob.addMembers(another, [alice.userId]));
    expect((await news(alice)).map(({ kind }) => kind)).toEqual(['joined']);
    const third = value(await alice.createGroup());
    value(await alice.addMembers(third, [bob.userId]));
    expect((await news(bob)).map(({ kind }) => kind)).toEqual(['joined']);
  });

  it('is followed over two steps by who was away for both', async () => {
    const { alice, bob, carol, room } = await cast();
    value(await alice.account.replaceKey());
    await settle(alice, carol);
    value(await alice.account.replaceKey());
    await settle(alice, carol);
    await say(alice, room, 'twice another');
    const heard = await news(bob);
    expect(heard.map(({ kind }) => kind)).toEqual(['key-changed', 'key-changed', 'message']);
    expect(value(await bob.connections.safetyNumber(alice.userId))).toBe(
      value(await alice.connections.safetyNumber(bob.userId)),
    );
  });

  it('is followed over two steps at once, by a group that has heard of neither', async () => {
    const { alice, bob, carol, room } = await cast();
    value(await alice.account.replaceKey());
    value(await alice.account.replaceKey());
    await say(alice, room, 'twice another');
    expect((await news(carol)).map(({ kind }) => kind)).toEqual(['key-changed', 'key-changed', 'message']);
    expect((await news(bob)).map(({ kind }) => kind)).toEqual(['key-changed', 'key-changed', 'message']);
  });

  it('is the same one however its answer gets lost', async () => {
    const store = new MemoryClientStore();
    const { fetch, meddle } = meddlingFetch();
    const { alice, bob, room } = await cast(store, { fetch, meddle });
    const before = await keyIn(store);
    meddle('renewClientCredential', lost, lost, lost, lost, lost, lost);
    expect(await alice.account.replaceKey()).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    expect(await keyIn(store)).toEqual(before);
    meddle('renewClientCredential');
    await settle(alice, bob);
    expect(await keyIn(store)).not.toEqual(before);
    await say(alice, room, 'through');
    expect(await texts(bob)).toEqual(['through']);
  });

  it('is not used by any leaf while contacts have not been told', async () => {
    const store = new MemoryClientStore();
    const { fetch, meddle } = meddlingFetch();
    const { alice } = await cast(store, { fetch, meddle });
    const before = await keyIn(store);
    meddle('sendMessage', ...Array.from({ length: 6 }, () => refusing('UNAVAILABLE')));
    expect(await alice.account.replaceKey()).toMatchObject({ ok: false });
    expect(await keyIn(store)).toEqual(before);
  });

  it('is refused where the succession did not arrive: in a leaf, a package and an offer', async () => {
    const { fetch, meddle } = meddlingFetch();
    const { alice, bob, carol, room } = await cast(new MemoryClientStore(), { fetch, meddle });
    meddle('sendMessage', ...times(20, swallowed));
    value(await alice.account.replaceKey());
    value(await alice.updateClient(room));
    const rules = ['client.contact.identity', 'client.succession.missing'];
    for (const [i, each] of [bob, carol].entries()) {
      expect(await news(each)).toEqual([{ kind: 'halted', group: room, rule: rules[i] }]);
      expect((await viewOf(each, room)).status).toBe('halted');
    }
    const another = value(await bob.createGroup());
    expect(await bob.addMembers(another, [alice.userId])).toMatchObject({
      refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.contact.identity' },
    });
    for (const { name } of value(await alice.groups())) value(await alice.deleteGroup(name));
    value(await alice.connections.connect(bob.userId));
    expect(await offersTo(bob)).toContainEqual({
      kind: 'offer-refused',
      user: alice.userId,
      rule: 'client.contact.identity',
    });
  });

  it('is told to contacts and spread though its client resyncs in between', async () => {
    const { alice, bob, carol, room } = await cast();
    value(await alice.account.replaceKey());
    value(await alice.resync(room));
    for (const each of [bob, carol]) expect((await viewOf(each, room, 'read first')).status).toBe('active');
    await settle(alice, bob, carol);
    await say(alice, room, 'back');
    for (const each of [bob, carol]) expect(await texts(each)).toEqual(['back']);
  });

  it('waits for whom a connection was offered to under the old one', async () => {
    const [alice, bob] = [await person(home), await person(home)];
    for (const each of [alice, bob]) value(await each.connections.publishPackages(2));
    value(await alice.connections.connect(bob.userId));
    value(await alice.account.replaceKey());
    await settle(alice);
    await offersTo(bob);
    value(await bob.connections.accept(alice.userId));
    await settle(alice, bob);
    const number = value(await bob.connections.safetyNumber(alice.userId));
    expect(value(await alice.connections.safetyNumber(bob.userId))).toBe(number);
    const group = value(await bob.createGroup());
    value(await bob.addMembers(group, [alice.userId]));
    expect((await news(alice)).map(({ kind }) => kind)).toEqual(['joined']);
  });

  it('leaves its owner to be found by user id', async () => {
    const [alice, bob] = [await person(home), await person(home)];
    for (const each of [alice, bob]) value(await each.connections.publishPackages(2));
    value(await alice.account.replaceKey());
    await connect(bob, alice, alice.userId);
    expect(value(await bob.connections.contacts())).toEqual([alice.userId]);
  });

  it('loses nothing when its client is killed at any write', async () => {
    for (let writes = 0; ; writes++) {
      const disk = new MemoryClientStore();
      const { bob, carol, room } = await cast(disk);
      const store = new DyingStore(disk, writes);
      const dying = value(await PhoenixClient.open(await optionsAt(home, { store })));
      const done = await dying.account.replaceKey().catch(() => undefined);
      const alice = value(await PhoenixClient.open(await optionsAt(home, { store: disk })));
      await settle(alice, bob, carol);
      await say(alice, room, 'alive');
      for (const each of [bob, carol]) {
        expect(await texts(each)).toEqual(['alive']);
        expect((await viewOf(each, room)).status).toBe('active');
      }
      if (done?.ok && store.isAlive) break;
    }
  }, 120_000);
});

/** The DS says that it has taken a message, and forgets it. */
const swallowed: Meddling = () => Promise.resolve(Response.json({ data: { sendMessage: { ok: true } } }));

const formatted = (uuid: Uint8Array): string => {
  const hex = Buffer.from(uuid).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
