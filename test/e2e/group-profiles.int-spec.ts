import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { inspectStore } from '@phoenix/client/testing';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { lost, meddlingFetch, times } from './meddling-fetch.js';
import { introduce, news, optionsAt, person, value } from './people.js';

const pause = () => Promise.resolve();

describe('a profile key', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  /** The profile keys of a user that a client knows in a group, newest first, in hexadecimal. */
  async function keysOf(store: MemoryClientStore, user: string, group: string): Promise<string[]> {
    const { groups } = await inspectStore(store);
    const record = groups.find(({ id }) =>
      group.startsWith(Buffer.from(id.uuid).toString('hex').slice(0, 8)),
    )!;
    const member = record.members.find(
      ({ clientId, leftIn }) =>
        leftIn === undefined && user.startsWith(Buffer.from(clientId.user.uuid).toString('hex').slice(0, 8)),
    )!;
    return member.profileKeys.map((key) => Buffer.from(key).toString('hex'));
  }
  const ownKey = async (store: MemoryClientStore) =>
    Buffer.from((await inspectStore(store)).account.friendship.profileKey).toString('hex');

  it('comes with whoever adds its owner, is known to all members, and to those who join later', async () => {
    const [aliceStore, bobStore, carolStore] = [1, 2, 3].map(() => new MemoryClientStore());
    const alice = await person(home, { store: aliceStore! });
    const bob = await person(home, { store: bobStore! });
    const carol = await person(home, { store: carolStore! });
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    value(await alice.addMembers(group, [carol.userId]));
    await news(carol);
    await news(bob);
    for (const store of [aliceStore!, bobStore!, carolStore!]) {
      expect(await keysOf(store, alice.userId, group)).toEqual([await ownKey(aliceStore!)]);
      expect(await keysOf(store, bob.userId, group)).toEqual([await ownKey(bobStore!)]);
    }
  });

  it('is replaced in every group, members keep the last two, and who joins later has the newest', async () => {
    const [aliceStore, bobStore, carolStore] = [1, 2, 3].map(() => new MemoryClientStore());
    const alice = await person(home, { store: aliceStore! });
    const bob = await person(home, { store: bobStore! });
    const carol = await person(home, { store: carolStore! });
    await introduce(alice, bob, carol);
    // Groups are seen to in the order of their names.
    const groups = [value(await alice.createGroup()), value(await alice.createGroup())].sort();
    for (const group of groups) value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    const keys = [await ownKey(bobStore!)];
    for (let change = 1; change <= 2; change++) {
      value(await bob.changeProfileKey());
      keys.unshift(await ownKey(bobStore!));
      const told = await news(alice);
      expect(told).toEqual(groups.map((group) => ({ kind: 'profile', group, user: bob.userId })));
    }
    expect(new Set(keys).size).toBe(3);
    for (const group of groups)
      expect(await keysOf(aliceStore!, bob.userId, group)).toEqual(keys.slice(0, 2));
    value(await alice.addMembers(groups[0]!, [carol.userId]));
    await news(carol);
    expect(await keysOf(carolStore!, bob.userId, groups[0]!)).toEqual(keys.slice(0, 1));
    // A friend wraps the key that it knows for the next group, and not the one on the card.
    const third = value(await alice.createGroup());
    value(await alice.addMembers(third, [bob.userId]));
    await news(bob);
    expect(await keysOf(bobStore!, bob.userId, third)).toEqual(keys.slice(0, 1));
  });

  it('that an old card has put into a group is put right by its owner', async () => {
    const [aliceStore, bobStore] = [1, 2].map(() => new MemoryClientStore());
    const alice = await person(home, { store: aliceStore! });
    const bob = await person(home, { store: bobStore! });
    await introduce(alice, bob);
    value(await bob.changeProfileKey());
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    expect(await news(alice)).toEqual([{ kind: 'profile', group, user: bob.userId }]);
    expect((await keysOf(aliceStore!, bob.userId, group))[0]).toBe(await ownKey(bobStore!));
  });

  it('reaches each group once, also when answers are lost and the client is started anew', async () => {
    const { fetch, meddle } = meddlingFetch();
    const [aliceStore, bobStore] = [1, 2].map(() => new MemoryClientStore());
    const alice = await person(home, { store: aliceStore! });
    const bob = await person(home, { store: bobStore!, fetch, pause });
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    meddle('updateProfileKey', ...times(6, lost));
    value(await bob.changeProfileKey());
    expect(await news(alice)).toEqual([]);
    const again = value(await PhoenixClient.open(await optionsAt(home, { store: bobStore! })));
    value(await again.receive());
    value(await again.receive());
    expect(await news(alice)).toEqual([{ kind: 'profile', group, user: bob.userId }]);
    expect((await keysOf(aliceStore!, bob.userId, group))[0]).toBe(await ownKey(bobStore!));
  });
});
