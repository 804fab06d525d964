import { type ClientStore, MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { altered, lost, meddlingFetch, times } from './meddling-fetch.js';
import { introduce, news, optionsAt, person, say, texts, value, viewOf } from './people.js';

const pause = () => Promise.resolve();

/** A copy of what a store holds under these keys. */
async function backup(store: ClientStore, prefix = ''): Promise<{ key: string; value: Uint8Array }[]> {
  const keys = await store.keys(prefix);
  return Promise.all(keys.map(async (key) => ({ key, value: (await store.get(key))! })));
}

describe('a member that has lost its state', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  async function three() {
    const { fetch, meddle } = meddlingFetch();
    const store = new MemoryClientStore();
    const [alice, carol] = [await person(home), await person(home)];
    const bob = await person(home, { fetch, pause, store });
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    for (const one of [bob, carol]) await news(one);
    const reopened = async () =>
      value(await PhoenixClient.open(await optionsAt(home, { store, fetch, pause })));
    return { alice, bob, carol, group, store, meddle, reopened };
  }

  it('of a group, and has it from an old copy, comes back under its name and goes on', async () => {
    const { alice, bob, carol, group, store, reopened } = await three();
    const old = await backup(store, 'groups/');
    for (const one of [alice, carol]) value(await one.updateClient(group));
    value(await alice.removeMembers(group, [carol.userId]));
    await news(bob);
    await store.write(old);
    const again = await reopened();
    await say(again, group, 'where were we?');
    expect(await news(again)).toEqual([
      { kind: 'resynced', group },
      { kind: 'members', group, added: [], removed: [carol.userId] },
    ]);
    expect(await news(alice)).toMatchObject([{ kind: 'message', sender: bob.userId }]);
    await say(alice, group, 'here');
    expect(await texts(again)).toEqual(['here']);
  });

  it('of everything, and has it from an old copy, takes another queue and comes back to its groups', async () => {
    const { alice, bob, carol, group, store, reopened } = await three();
    const { group: quiet } = value(await alice.createConnectionGroup(bob.userId));
    value(await alice.addMembers(quiet, [bob.userId]));
    await news(bob);
    const old = await backup(store);
    for (let round = 0; round < 3; round++) {
      await say(alice, group, `round ${round}`);
      expect(await texts(bob)).toEqual([`round ${round}`]);
      value(await carol.updateClient(group));
    }
    await store.write(old);
    const again = await reopened();
    await say(alice, group, 'lost');
    expect(new Set((await news(again)).map(({ kind }) => kind))).toEqual(new Set(['gap', 'resynced']));
    for (const name of [group, quiet]) {
      await say(alice, name, `back to ${name}`);
      expect(await texts(again)).toEqual([`back to ${name}`]);
      await say(again, name, 'indeed');
      expect(await texts(alice)).toEqual(['indeed']);
    }
    const third = value(await carol.createGroup());
    value(await carol.addMembers(third, [bob.userId]));
    expect(await news(again)).toMatchObject([{ kind: 'joined', group: third }]);
  });

  it('comes back when a message of an epoch arrives that it has not come to, and says that it could not read it', async () => {
    const { alice, bob, group, store, reopened } = await three();
    const old = await backup(store, 'groups/');
    value(await alice.updateClient(group));
    await news(bob);
    await store.write(old);
    const again = await reopened();
    await say(alice, group, 'missed');
    expect(await news(again)).toEqual([
      { kind: 'unreadable', group, reason: 'future' },
      { kind: 'resynced', group },
    ]);
    await say(alice, group, 'heard');
    expect(await texts(again)).toEqual(['heard']);
  });

  it('comes back when asked to, though nothing is wrong, and once when no answer comes', async () => {
    const { alice, bob, group, meddle, reopened } = await three();
    value(await bob.resync(group));
    meddle('resyncClient', ...times(6, lost));
    expect(await bob.resync(group)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    value(await alice.updateClient(group));
    const again = await reopened();
    expect((await news(again)).filter(({ kind }) => kind === 'resynced')).toHaveLength(2);
    await say(again, group, 'twice over');
    expect(await texts(alice)).toEqual(['twice over']);
    expect((await viewOf(again, group)).epoch).toBe((await viewOf(alice, group)).epoch);
  });

  it('keeps its role', async () => {
    const { alice, bob, carol, group } = await three();
    value(await alice.promote(group, [bob.userId]));
    value(await bob.resync(group));
    value(await bob.removeMembers(group, [carol.userId]));
    expect((await news(carol)).at(-1)).toEqual({ kind: 'removed', group });
    expect((await viewOf(alice, group, 'read first')).members.filter(({ isAdmin }) => isAdmin)).toHaveLength(
      2,
    );
  });

  it('is out when it was removed meanwhile, though its queue does not say so', async () => {
    const { alice, bob, group, store, reopened } = await three();
    const old = await backup(store, 'groups/');
    value(await alice.removeMembers(group, [bob.userId]));
    await news(bob);
    await store.write(old);
    const again = await reopened();
    expect(await again.send(group, new TextEncoder().encode('hello?'))).toMatchObject({
      refusal: { code: 'FORBIDDEN' },
    });
    expect(await news(again)).toEqual([{ kind: 'removed', group }]);
  });

  it('is not led back to an epoch that it has seen, nor to a group that is another', async () => {
    const { alice, bob, carol, group, meddle } = await three();
    const { group: other } = value(await alice.createConnectionGroup());
    let early: unknown;
    meddle(
      'externalCommitInfo',
      altered((data) => (early = data)),
    );
    value(await bob.resync(group));
    value(await alice.removeMembers(group, [carol.userId]));
    await news(bob);
    meddle(
      'externalCommitInfo',
      altered(() => early),
    );
    expect(await bob.resync(group)).toMatchObject({
      refusal: { code: 'INVALID_GROUP', rule: 'client.resync.epoch' },
    });
    await say(bob, group, 'not fooled');
    expect(await texts(alice)).toEqual(['not fooled']);
    expect(other).not.toBe(group);
  });

  it('does not come back to a group in which someone does not verify', async () => {
    const { bob, group, meddle } = await three();
    meddle(
      'externalCommitInfo',
      altered(({ externalCommitInfo }) => {
        const { memberKeys, ...rest } = externalCommitInfo as {
          memberKeys: { leaf: number; keys: string }[];
        };
        const [first, ...others] = memberKeys;
        const swapped = [{ leaf: first!.leaf, keys: others[0]!.keys }, ...others];
        return { externalCommitInfo: { ...rest, memberKeys: swapped } };
      }),
    );
    expect(await bob.resync(group)).toMatchObject({ refusal: { code: 'INVALID_CREDENTIAL' } });
    expect((await news(bob)).at(-1)).toEqual({ kind: 'halted', group, rule: 'client.key-set.open' });
    expect(await bob.resync(group)).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
  });
});
