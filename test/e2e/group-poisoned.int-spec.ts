import { garblingEngine } from '@phoenix/client/testing';
import { nodeCrypto } from '@phoenix/crypto';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

describe('a commit that holds for every server and that nobody can decrypt', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  /** Three honest members, of whom Alice is the admin, and one who garbles her commits from now on. */
  async function withMallory() {
    const { engine, garble } = await garblingEngine(nodeCrypto(), home.clock);
    const [alice, bob, carol] = [await person(home), await person(home), await person(home)];
    const mallory = await person(home, { engine });
    await introduce(alice, bob, carol, mallory);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId, mallory.userId]));
    for (const one of [bob, carol, mallory]) await news(one);
    garble();
    return { alice, bob, carol, mallory, group };
  }

  it('is told with the name under it, and everyone comes back, talks on, and sees her removed', async () => {
    const { alice, bob, carol, mallory, group } = await withMallory();
    value(await mallory.updateClient(group));
    for (const one of [alice, bob, carol])
      expect(await news(one)).toEqual([
        { kind: 'garbled', group, sender: mallory.userId },
        { kind: 'resynced', group },
      ]);
    await say(bob, group, 'what was that?');
    for (const one of [alice, carol]) expect(await texts(one)).toEqual(['what was that?']);
    expect(await viewOf(alice, group)).toMatchObject({ status: 'active' });
    value(await alice.removeMembers(group, [mallory.userId]));
    for (const one of [bob, carol])
      expect((await news(one)).at(-1)).toEqual({
        kind: 'members',
        group,
        added: [],
        removed: [mallory.userId],
      });
    expect((await news(mallory)).at(-1)).toEqual({ kind: 'removed', group });
    await say(carol, group, 'good');
    for (const one of [alice, bob]) expect(await texts(one)).toEqual(['good']);
  });

  it('leaves unread what was said where nobody followed, and harms no other group', async () => {
    const { alice, bob, mallory, group } = await withMallory();
    const own = value(await alice.createGroup());
    value(await alice.addMembers(own, [bob.userId]));
    value(await mallory.updateClient(group));
    await say(mallory, group, 'can you hear me?');
    expect((await news(bob)).map(({ kind }) => kind)).toEqual([
      'joined',
      'garbled',
      'unreadable',
      'resynced',
    ]);
    await say(bob, own, 'unharmed');
    expect((await texts(alice)).at(-1)).toBe('unharmed');
  });

  it('brings them all back at once, one after the other, while she goes on', async () => {
    const { alice, bob, carol, mallory, group } = await withMallory();
    value(await mallory.updateClient(group));
    await Promise.all([alice, bob, carol].map((one) => one.receive()));
    value(await mallory.updateClient(group));
    value(await alice.removeMembers(group, [mallory.userId]));
    for (const one of [bob, carol]) await news(one);
    await say(alice, group, 'rid of her');
    for (const one of [bob, carol]) expect((await texts(one)).at(-1)).toBe('rid of her');
    const epochs = await Promise.all(
      [alice, bob, carol].map(async (one) => (await viewOf(one, group)).epoch),
    );
    expect(new Set(epochs).size).toBe(1);
  });
});
