import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { connect, offersTo } from './acquaintances.js';
import { DyingStore } from './dying-store.js';
import { lost, type Meddling, meddlingFetch, times } from './meddling-fetch.js';
import { news, optionsAt, person, say, texts, value } from './people.js';

const pause = () => Promise.resolve();
const noLine: Meddling = () => Promise.reject(new TypeError('no line'));

describe('a connection whose making is interrupted', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  async function two() {
    const { fetch, meddle } = meddlingFetch();
    const disk = new MemoryClientStore();
    const alice = await person(home);
    const bob = await person(home, { fetch, pause, store: disk });
    for (const each of [alice, bob]) value(await each.connections.publishPackages(2));
    return { alice, bob, disk, meddle };
  }

  /** That each is the other's one contact, in the one group that they have, and can add the other. */
  async function expectConnected(one: PhoenixClient, other: PhoenixClient): Promise<void> {
    for (const each of [one, other, one, other]) await news(each);
    expect(value(await one.connections.contacts())).toEqual([other.userId]);
    expect(value(await other.connections.contacts())).toEqual([one.userId]);
    const [[group], [same]] = [value(await one.groups()), value(await other.groups())];
    expect(same!.name).toBe(group!.name);
    expect(value(await other.groups())).toHaveLength(1);
    await say(one, group!.name, 'once');
    expect(await texts(other)).toEqual(['once']);
    const room = value(await one.createGroup());
    value(await one.addMembers(room, [other.userId]));
    expect((await news(other)).map(({ kind }) => kind)).toEqual(['joined']);
  }

  it('is offered once, also when the answer to the offer is lost', async () => {
    const { alice, bob, meddle } = await two();
    meddle('enqueueConnectionOffer', ...times(6, lost));
    expect(await bob.connections.connect(alice.userId)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    expect(await news(bob)).toEqual([]);
    expect(await offersTo(alice)).toHaveLength(1);
    value(await alice.connections.accept(bob.userId));
    await expectConnected(alice, bob);
  });

  it('goes on with the next `receive` once there is a line', async () => {
    const { alice, bob, meddle } = await two();
    meddle('enqueueConnectionOffer', ...times(6, noLine));
    expect(await bob.connections.connect(alice.userId)).toMatchObject({ ok: false });
    expect(await offersTo(alice)).toEqual([]);
    await news(bob);
    expect(await offersTo(alice)).toHaveLength(1);
    value(await alice.connections.accept(bob.userId));
    await expectConnected(alice, bob);
  });

  it('is given up, and its user told, when whom it is for has gone meanwhile', async () => {
    const { bob, meddle } = await two();
    const carol = await person(home);
    value(await carol.aliases.register('short.lived', 1));
    meddle('enqueueAliasOffer', ...times(6, noLine));
    expect(await bob.connections.connect('short.lived@localhost')).toMatchObject({ ok: false });
    value(await carol.aliases.delete('short.lived'));
    const events = await news(bob);
    expect(events).toContainEqual({
      kind: 'unconnected',
      target: 'short.lived@localhost',
      reason: 'NOT_FOUND',
    });
    expect(await news(bob)).toEqual([]);
    expect(value(await bob.groups()).map(({ status }) => status)).toEqual(['deleted']);
  });

  it('is accepted once, also when the answer is lost', async () => {
    const { alice, bob, meddle } = await two();
    value(await alice.connections.connect(bob.userId));
    await offersTo(bob);
    meddle('joinConnectionGroup', ...times(6, lost));
    expect(await bob.connections.accept(alice.userId)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    await expectConnected(alice, bob);
  });

  it('is whole again when the keys of one were lost on the way back to the group', async () => {
    const { alice, bob } = await two();
    const group = value(await alice.connections.connect(bob.userId));
    await offersTo(bob);
    value(await bob.connections.accept(alice.userId));
    await news(alice);
    value(await bob.resync(group));
    expect(await news(bob)).toContainEqual({ kind: 'unreadable', group, reason: 'past' });
    await expectConnected(alice, bob);
    for (const each of [alice, bob]) expect(await news(each)).toEqual([]);
  });

  const reopened = async (disk: MemoryClientStore) =>
    value(await PhoenixClient.open(await optionsAt(home, { store: disk })));

  /** A client on a store that dies after so many writes does something; then it is there again on what was written. */
  async function killedAt(
    disk: MemoryClientStore,
    writes: number,
    doing: (doomed: PhoenixClient) => Promise<unknown>,
  ): Promise<{ bob: PhoenixClient; survived: boolean }> {
    const store = new DyingStore(disk, writes);
    const doomed = value(await PhoenixClient.open(await optionsAt(home, { store })));
    await doing(doomed).catch((error: unknown) => expect(error).toEqual(new Error('killed')));
    return { bob: await reopened(disk), survived: store.isAlive };
  }

  it('is made all the same when who offers is killed at any write', async () => {
    for (let writes = 0, survived = false; !survived; writes++) {
      const { alice, disk } = await two();
      const killed = await killedAt(disk, writes, async (doomed) => {
        await doomed.connections.connect(alice.userId);
      });
      const { bob } = killed;
      survived = killed.survived;
      value(await bob.connections.connect(alice.userId));
      expect(await offersTo(alice)).toHaveLength(1);
      value(await alice.connections.accept(bob.userId));
      await expectConnected(alice, bob);
    }
  }, 240_000);

  it('is made all the same when who accepts is killed at any write, from reading the offer on', async () => {
    for (let writes = 0, survived = false; !survived; writes++) {
      const { alice, disk } = await two();
      const original = await reopened(disk);
      value(await alice.connections.connect(original.userId));
      const killed = await killedAt(disk, writes, async (doomed) => {
        await doomed.connections.receiveOffers();
        await doomed.connections.accept(alice.userId);
        await doomed.receive();
      });
      const { bob } = killed;
      survived = killed.survived;
      await bob.connections.receiveOffers();
      await news(bob);
      if (value(await bob.connections.offers()).length > 0) value(await bob.connections.accept(alice.userId));
      await expectConnected(alice, bob);
    }
  }, 240_000);

  it('ends all the same when who removes a contact is killed at any write', async () => {
    const carol = await person(home);
    for (let writes = 0, survived = false; !survived; writes++) {
      const { alice, bob: first, disk } = await two();
      for (const each of [alice, carol]) await connect(each, first, first.userId);
      const killed = await killedAt(disk, writes, (doomed) => doomed.connections.removeContact(alice.userId));
      const { bob } = killed;
      survived = killed.survived;
      if (value(await bob.connections.contacts()).includes(alice.userId))
        value(await bob.connections.removeContact(alice.userId));
      for (const each of [bob, carol]) await news(each);
      expect(value(await bob.connections.contacts())).toEqual([carol.userId]);
      value(await carol.addMembers(value(await carol.createGroup()), [bob.userId]));
      expect((await news(bob)).map(({ kind }) => kind)).toContain('joined');
      expect(await alice.addMembers(value(await alice.createGroup()), [bob.userId])).toMatchObject({
        refusal: { code: 'NOT_FOUND' },
      });
    }
  }, 240_000);

  it('leaves an alias that is ours or nobody’s when its registration is killed at any write', async () => {
    for (let writes = 0, survived = false; !survived; writes++) {
      const { alice, disk } = await two();
      const alias = `mortal.${writes}`;
      const killed = await killedAt(disk, writes, (doomed) => doomed.aliases.register(alias, 1));
      const { bob } = killed;
      survived = killed.survived;
      value(await bob.aliases.register(alias, 1));
      value(await alice.connections.connect(`${alias}@localhost`));
      expect(await offersTo(bob)).toHaveLength(1);
    }
  }, 240_000);
});
