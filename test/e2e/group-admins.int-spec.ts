import type { PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

describe('a group with several admins', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  /** Three admins, and Dave who is none. */
  async function threeAdmins() {
    const everyone = [await person(home), await person(home), await person(home), await person(home)];
    const [alice, bob, carol, dave] = everyone as [
      PhoenixClient,
      PhoenixClient,
      PhoenixClient,
      PhoenixClient,
    ];
    await introduce(...everyone);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId, dave.userId]));
    value(await alice.promote(group, [bob.userId, carol.userId]));
    for (const one of [bob, carol, dave]) await news(one);
    return { alice, bob, carol, dave, group };
  }

  it('keeps one of them when all leave at once', async () => {
    const { alice, bob, carol, dave, group } = await threeAdmins();
    const admins = [alice, bob, carol];
    await Promise.all(admins.map((one) => one.leave(group)));
    for (let round = 0; round < 3; round++) for (const one of [dave, ...admins]) await news(one);
    const { members } = await viewOf(dave, group);
    expect(members.filter(({ isAdmin }) => isAdmin)).toHaveLength(1);
    expect(members).toHaveLength(2);
    const [stays] = admins.filter(({ userId }) => members.some(({ user }) => user === userId));
    expect(await viewOf(stays!, group)).toMatchObject({ status: 'active' });
    await say(stays!, group, 'left with you');
    expect(await texts(dave)).toEqual(['left with you']);
  });

  it('keeps one of them when all demote themselves at once', async () => {
    const { alice, bob, carol, dave, group } = await threeAdmins();
    const demoted = await Promise.all([alice, bob, carol].map((one) => one.demote(group, [one.userId])));
    expect(demoted.filter(({ ok }) => ok)).toHaveLength(2);
    const { members } = await viewOf(dave, group, 'read first');
    expect(members.filter(({ isAdmin }) => isAdmin)).toHaveLength(1);
  });

  it('makes nobody an admin who is not in it, or is no longer', async () => {
    const { alice, bob, dave, group } = await threeAdmins();
    const stranger = await person(home);
    expect(await alice.promote(group, [stranger.userId])).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    const [removed, promoted] = await Promise.all([
      bob.removeMembers(group, [dave.userId]),
      alice.promote(group, [dave.userId]),
    ]);
    value(removed);
    expect(promoted.ok || promoted.refusal.code === 'NOT_FOUND').toBe(true);
    const { members } = await viewOf(alice, group, 'read first');
    expect(members.map(({ user }) => user)).not.toContain(dave.userId);
    expect(members.filter(({ isAdmin }) => isAdmin)).toHaveLength(3);
  });

  it('has two come back by a resync at once while a third adds somebody, one leaves, and one is deleting it', async () => {
    const { alice, bob, carol, dave, group } = await threeAdmins();
    const erin = await person(home);
    await introduce(alice, erin);
    const done = await Promise.all([
      bob.resync(group),
      carol.resync(group),
      alice.addMembers(group, [erin.userId]),
      dave.leave(group),
    ]);
    expect(done.filter(({ ok }) => !ok)).toEqual([]);
    const there = [alice, bob, carol, erin];
    for (let round = 0; round < 2; round++) for (const one of [...there, dave]) await news(one);
    const views = await Promise.all(there.map((one) => viewOf(one, group)));
    for (const view of views) expect(view).toEqual(views[0]);
    expect(views[0]!.members).toHaveLength(4);
    await Promise.all([bob.deleteGroup(group), say(carol, group, 'on').catch(() => 'too late')]);
    for (const one of [carol, erin, alice])
      expect((await news(one)).at(-1)).toEqual({ kind: 'removed', group });
  });
});
