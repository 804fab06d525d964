import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { lost, meddlingFetch, times } from './meddling-fetch.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

const pause = () => Promise.resolve();

describe('what was proposed', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  /** Alice who administers, and three more; Dave's lines can be meddled with. */
  async function four() {
    const { fetch, meddle } = meddlingFetch();
    const [alice, bob, carol] = [await person(home), await person(home), await person(home)];
    const dave = await person(home, { fetch, pause });
    await introduce(alice, bob, carol, dave);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId, dave.userId]));
    for (const one of [bob, carol, dave]) await news(one);
    return { alice, bob, carol, dave, group, meddle };
  }

  it('is committed by whoever does something next, before its own doing, whatever that is', async () => {
    const { alice, bob, carol, dave, group } = await four();
    const erin = await person(home);
    await introduce(alice, erin);
    value(await bob.leave(group));
    // Carol has not looked into her queue: the DS tells her.
    value(await carol.updateClient(group));
    expect(await news(bob)).toEqual([{ kind: 'removed', group }]);
    value(await carol.leave(group));
    value(await alice.addMembers(group, [erin.userId]));
    expect((await news(carol)).at(-1)).toEqual({ kind: 'removed', group });
    await news(erin);
    value(await dave.leave(group));
    value(await alice.promote(group, [erin.userId]));
    expect((await news(dave)).at(-1)).toEqual({ kind: 'removed', group });
    const users = (await viewOf(erin, group, 'read first')).members.map(({ user }) => user);
    expect(users.sort()).toEqual([alice.userId, erin.userId].sort());
  });

  it('is committed before a message by who has seen it, and by the first member otherwise', async () => {
    const { alice, bob, carol, dave, group } = await four();
    value(await dave.leave(group));
    expect(await news(bob)).toEqual([]);
    expect((await viewOf(bob, group)).members).toHaveLength(4);
    await say(bob, group, 'farewell');
    expect(await news(dave)).toEqual([{ kind: 'removed', group }]);
    expect(await texts(carol)).toEqual(['farewell']);
    expect(await texts(alice)).toEqual(['farewell']);
    value(await carol.leave(group));
    await news(alice);
    expect(await news(carol)).toEqual([{ kind: 'removed', group }]);
  });

  it('is committed with the removal of another, and when it is asked for', async () => {
    const { alice, bob, carol, dave, group } = await four();
    value(await carol.leave(group));
    value(await alice.removeMembers(group, [dave.userId, carol.userId]));
    for (const one of [carol, dave]) expect(await news(one)).toEqual([{ kind: 'removed', group }]);
    value(await bob.leave(group));
    value(await alice.commitPending(group));
    await news(alice);
    expect((await news(bob)).at(-1)).toEqual({ kind: 'removed', group });
    expect((await viewOf(alice, group)).members).toHaveLength(1);
  });

  it('is taken by the deletion of the group', async () => {
    const { alice, bob, carol, group } = await four();
    value(await bob.leave(group));
    value(await alice.deleteGroup(group));
    for (const one of [bob, carol]) expect(await news(one)).toEqual([{ kind: 'removed', group }]);
  });

  it('is proposed once, also when no answer comes for long', async () => {
    const { alice, dave, group, meddle } = await four();
    meddle('selfRemoveUser', ...times(6, lost));
    expect(await dave.leave(group)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    value(await dave.receive());
    expect(await viewOf(dave, group)).toMatchObject({ status: 'leaving' });
    await news(alice);
    expect(await news(dave)).toEqual([{ kind: 'removed', group }]);
  });

  it('is proposed anew when it never came and another commit was first', async () => {
    const { alice, dave, group, meddle } = await four();
    meddle('selfRemoveUser', ...times(6, () => Promise.reject(new TypeError('no line'))));
    expect(await dave.leave(group)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    value(await alice.updateClient(group));
    value(await dave.receive());
    expect(await viewOf(dave, group)).toMatchObject({ status: 'leaving' });
    await news(alice);
    expect(await news(dave)).toEqual([{ kind: 'removed', group }]);
  });

  it('outlives a commit from outside: the DS proposes it again', async () => {
    const { alice, bob, carol, group } = await four();
    value(await bob.leave(group));
    value(await carol.resync(group));
    expect(await news(bob)).toEqual([]);
    await news(alice);
    expect(await news(bob)).toEqual([{ kind: 'removed', group }]);
    await say(carol, group, 'he is out');
    expect(await texts(alice)).toEqual(['he is out']);
  });
});
