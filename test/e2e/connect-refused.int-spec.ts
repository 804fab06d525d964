import { MemoryClientStore } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { connect, offersTo } from './acquaintances.js';
import { news, person, say, texts, value, viewOf } from './people.js';

describe('a connection that is not wanted', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  async function two() {
    const store = new MemoryClientStore();
    const [alice, bob] = [await person(home), await person(home, { store })];
    value(await bob.connections.publishPackages(2));
    return { alice, bob, store };
  }

  it('is refused by silence: the offer and its key are forgotten, and who offered learns nothing', async () => {
    const { alice, bob, store } = await two();
    const group = value(await alice.connections.connect(bob.userId));
    const keys = (await store.keys('connection-packages/')).length;
    await offersTo(bob);
    value(await bob.connections.reject(alice.userId));
    expect(await store.keys('offers/')).toEqual([]);
    expect(await store.keys('connection-packages/')).toHaveLength(keys - 1);
    expect(await bob.connections.accept(alice.userId)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    expect(await news(alice)).toEqual([]);
    expect((await viewOf(alice, group)).members).toHaveLength(1);
    expect(value(await alice.connections.contacts())).toEqual([]);
  });

  it('is withdrawn by deleting its group: the offer leads nowhere, and another is made', async () => {
    const { alice, bob } = await two();
    const group = value(await alice.connections.connect(bob.userId));
    expect(value(await alice.connections.connect(bob.userId))).toBe(group);
    value(await alice.deleteGroup(group));
    expect(await offersTo(bob)).toHaveLength(1);
    expect(await bob.connections.accept(alice.userId)).toMatchObject({ ok: false });
    expect(value(await bob.connections.offers())).toEqual([]);
    expect(value(await bob.groups())).toEqual([]);
    const next = value(await alice.connections.connect(bob.userId));
    expect(next).not.toBe(group);
    expect(await offersTo(bob)).toHaveLength(1);
    expect(value(await bob.connections.accept(alice.userId))).toBe(next);
  });

  it('is replaced by a second offer of the same user', async () => {
    const { alice, bob } = await two();
    const first = value(await alice.connections.connect(bob.userId));
    await offersTo(bob);
    value(await alice.deleteGroup(first));
    const second = value(await alice.connections.connect(bob.userId));
    expect(await offersTo(bob)).toHaveLength(1);
    expect(value(await bob.connections.offers())).toEqual([alice.userId]);
    expect(value(await bob.connections.accept(alice.userId))).toBe(second);
  });

  it('ends when one removes the other: its keys open nothing any more, those of the others go on', async () => {
    const { alice, bob } = await two();
    const carol = await person(home);
    const withAlice = await connect(alice, bob, bob.userId);
    const withCarol = await connect(carol, bob, bob.userId);
    await say(carol, withCarol, 'before');
    value(await bob.connections.removeContact(alice.userId));
    expect(await news(alice)).toEqual([
      { kind: 'disconnected', user: bob.userId, group: withAlice },
      { kind: 'deleted', group: withAlice },
    ]);
    expect((await viewOf(alice, withAlice)).status).toBe('deleted');
    expect(value(await bob.connections.contacts())).toEqual([carol.userId]);
    const room = value(await alice.createGroup());
    expect(await alice.addMembers(room, [bob.userId])).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    expect((await texts(carol)).length).toBe(0);
    const theirs = value(await carol.createGroup());
    value(await carol.addMembers(theirs, [bob.userId]));
    expect((await news(bob)).map(({ kind }) => kind)).toEqual(['message', 'removed', 'joined']);
    await say(bob, theirs, 'among us');
    expect(await texts(carol)).toEqual(['among us']);
    expect(await bob.connections.removeContact(alice.userId)).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
  });

  it('can be made anew after it was ended, by either', async () => {
    const { alice, bob } = await two();
    const first = await connect(alice, bob, bob.userId);
    value(await alice.connections.removeContact(bob.userId));
    expect((await news(bob)).map(({ kind }) => kind)).toEqual(['removed']);
    await news(alice);
    value(await alice.connections.publishPackages(1));
    const second = await connect(bob, alice, alice.userId);
    expect(second).not.toBe(first);
    const room = value(await bob.createGroup());
    value(await bob.addMembers(room, [alice.userId]));
    expect((await news(alice)).map(({ kind }) => kind)).toEqual(['joined']);
  });
});
