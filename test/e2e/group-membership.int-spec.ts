import type { PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

describe('the life of a group', () => {
  let home: TestHomeserver;
  let alice: PhoenixClient;
  let bob: PhoenixClient;
  let carol: PhoenixClient;
  let group: string;

  beforeAll(async () => {
    home = await startHomeserver();
    [alice, bob, carol] = await Promise.all([person(home), person(home), person(home)]);
    await introduce(alice, bob, carol);
    group = value(await alice.createGroup());
  });
  afterAll(() => home.stop());

  it('begins with an invitation', async () => {
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    for (const one of [bob, carol])
      expect(await news(one)).toEqual([{ kind: 'joined', group, inviter: alice.userId }]);
  });

  it('goes on without someone who was removed, and with it when it is invited again', async () => {
    value(await alice.removeMembers(group, [carol.userId]));
    expect(await news(carol)).toEqual([{ kind: 'removed', group }]);
    value(await alice.addMembers(group, [carol.userId]));
    expect(await news(carol)).toEqual([{ kind: 'joined', group, inviter: alice.userId }]);
    await news(bob);
    await say(carol, group, 'hello again');
    for (const one of [alice, bob]) expect(await texts(one)).toEqual(['hello again']);
  });

  it('lets go who leaves: out once somebody has committed it, and saying nothing until then', async () => {
    value(await bob.leave(group));
    expect(await viewOf(bob, group)).toMatchObject({ status: 'leaving' });
    for (const attempt of [bob.send(group, new Uint8Array(1)), bob.updateClient(group), bob.leave(group)])
      expect(await attempt).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(await news(bob)).toEqual([]);
    // Alice has the first leaf: it is on her.
    expect(await news(alice)).toEqual([]);
    expect(await news(bob)).toEqual([{ kind: 'removed', group }]);
    expect(await news(carol)).toEqual([{ kind: 'members', group, added: [], removed: [bob.userId] }]);
    await say(alice, group, 'he is gone');
    expect(await texts(carol)).toEqual(['he is gone']);
    expect(await texts(bob)).toEqual([]);
  });

  it('takes back who has left and is invited again', async () => {
    value(await alice.addMembers(group, [bob.userId]));
    expect(await news(bob)).toEqual([{ kind: 'joined', group, inviter: alice.userId }]);
    expect(await viewOf(bob, group)).toMatchObject({ status: 'active' });
    await news(carol);
    await say(bob, group, 'back');
    expect(await texts(carol)).toEqual(['back']);
  });

  it('is ended by an admin alone, for everyone', async () => {
    expect(await bob.deleteGroup(group)).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    value(await alice.deleteGroup(group));
    expect(await viewOf(alice, group)).toMatchObject({ status: 'deleted' });
    for (const one of [bob, carol]) expect(await news(one)).toEqual([{ kind: 'removed', group }]);
    for (const one of [alice, bob, carol])
      expect(await one.send(group, new Uint8Array(1))).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect((await news(alice)).filter(({ kind }) => kind !== 'message')).toEqual([
      { kind: 'deleted', group },
    ]);
  });

  it('ends, too, when its one member deletes it', async () => {
    const own = value(await alice.createGroup());
    value(await alice.deleteGroup(own));
    expect(await viewOf(alice, own)).toMatchObject({ status: 'deleted' });
  });
});
