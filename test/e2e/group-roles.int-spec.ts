import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

describe('the admins of a group', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  async function three() {
    const [alice, bob, carol] = await Promise.all([person(home), person(home), person(home)]);
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    for (const one of [bob, carol]) await news(one);
    return { alice, bob, carol, group };
  }

  it('make others admins, and are seen to', async () => {
    const { alice, bob, carol, group } = await three();
    expect(await bob.promote(group, [bob.userId])).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    value(await alice.promote(group, [bob.userId]));
    for (const one of [bob, carol])
      expect(await news(one)).toEqual([{ kind: 'roles', group, promoted: [bob.userId], demoted: [] }]);
    value(await bob.removeMembers(group, [carol.userId]));
    expect(await news(carol)).toEqual([{ kind: 'removed', group }]);
    value(await bob.demote(group, [alice.userId]));
    expect((await news(alice)).at(-1)).toEqual({
      kind: 'roles',
      group,
      promoted: [],
      demoted: [alice.userId],
    });
    expect(await alice.addMembers(group, [carol.userId])).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
  });

  it('stay admins when they take other pseudonyms', async () => {
    const { alice, bob, carol, group } = await three();
    value(await alice.promote(group, [bob.userId]));
    value(await alice.updateClient(group, { newPseudonym: true }));
    await news(bob);
    value(await bob.updateClient(group, { newPseudonym: true }));
    const view = await viewOf(carol, group, 'read first');
    expect(
      view.members
        .filter(({ isAdmin }) => isAdmin)
        .map(({ user }) => user)
        .sort(),
    ).toEqual([alice.userId, bob.userId].sort());
  });

  it('do not leave before there is another, and can then', async () => {
    const { alice, bob, carol, group } = await three();
    const last = { ok: false, refusal: { code: 'FORBIDDEN', rule: 'client.policy.last-admin' } };
    expect(await alice.leave(group)).toEqual(last);
    expect(await alice.demote(group, [alice.userId])).toEqual(last);
    await say(alice, group, 'still here');
    expect(await texts(bob)).toEqual(['still here']);
    value(await alice.promote(group, [bob.userId]));
    value(await alice.leave(group));
    await news(bob);
    await news(carol);
    expect(await news(alice)).toEqual([{ kind: 'removed', group }]);
    // He commits that she is gone, and drops her from the admins; now he is the last.
    const view = await viewOf(carol, group, 'read first');
    expect(view.members.filter(({ isAdmin }) => isAdmin).map(({ user }) => user)).toEqual([bob.userId]);
    expect(await bob.leave(group)).toEqual(last);
  });

  it('leave both at once, and one of them stays', async () => {
    const { alice, bob, group } = await three();
    value(await alice.promote(group, [bob.userId]));
    await news(bob);
    const left = await Promise.all([alice.leave(group), bob.leave(group)]);
    expect(left.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
