import type { PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value } from './people.js';

describe('three people', () => {
  let home: TestHomeserver;
  let alice: PhoenixClient;
  let bob: PhoenixClient;
  let carol: PhoenixClient;
  let group: string;

  beforeAll(async () => {
    home = await startHomeserver();
    [alice, bob, carol] = await Promise.all([person(home), person(home), person(home)]);
    await introduce(alice, bob, carol);
  });
  afterAll(() => home.stop());

  it('form a group, in which each knows who the others are and who invited whom', async () => {
    group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    const joined = { kind: 'joined', group, inviter: alice.userId };
    expect(await news(bob)).toEqual([joined]);
    expect(await news(carol)).toEqual([joined]);
    const everyone = [alice.userId, bob.userId, carol.userId].sort();
    for (const one of [alice, bob, carol]) {
      const [view] = value(await one.groups());
      expect(view!.members.map(({ user }) => user).sort()).toEqual(everyone);
      expect(view!.members.filter(({ isAdmin }) => isAdmin).map(({ user }) => user)).toEqual([alice.userId]);
    }
  });

  it('read what each other says, in order, once, and know who says it', async () => {
    await say(alice, group, 'hello');
    await say(alice, group, 'are you there?');
    await say(bob, group, 'yes');
    const [first] = await news(carol);
    expect(first).toMatchObject({ kind: 'message', group, sender: alice.userId });
    expect(await texts(bob)).toEqual(['hello', 'are you there?']);
    expect(await texts(alice)).toEqual(['yes']);
    expect(await texts(alice)).toEqual([]);
  });

  it('go on after one of them has replaced its keys and its pseudonym', async () => {
    value(await bob.updateClient(group, { newPseudonym: true }));
    value(await alice.updateClient(group, { newPseudonym: true }));
    await say(bob, group, 'new keys');
    await say(alice, group, 'mine too');
    expect(await texts(carol)).toEqual(['new keys', 'mine too']);
    expect(await texts(alice)).toEqual(['new keys']);
    expect(await texts(bob)).toEqual(['mine too']);
  });

  it('who is no admin can neither add nor remove', async () => {
    const refused = { ok: false, refusal: { code: 'FORBIDDEN', rule: 'ds.role.admin' } };
    expect(await bob.removeMembers(group, [carol.userId])).toEqual(refused);
    expect(await bob.addMembers(group, [carol.userId])).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(await alice.addMembers(group, [bob.userId])).toMatchObject({
      refusal: { code: 'ALREADY_EXISTS' },
    });
    await say(bob, group, 'sorry');
    expect(await texts(alice)).toEqual(['sorry']);
    expect(await texts(carol)).toEqual(['sorry']);
  });

  it('take turns when all change the group at once: every commit is taken, one after the other', async () => {
    const updates = await Promise.all([alice, bob, carol].map((one) => one.updateClient(group)));
    expect(updates.map(({ ok }) => ok)).toEqual([true, true, true]);
    await say(carol, group, 'done');
    expect(await texts(alice)).toEqual(['done']);
    expect(await texts(bob)).toEqual(['done']);
    const epochs = await Promise.all(
      [alice, bob, carol].map(async (one) => value(await one.groups())[0]!.epoch),
    );
    expect(new Set(epochs).size).toBe(1);
  });

  it('when one is removed it learns so, reads nothing from then on and can send nothing', async () => {
    value(await alice.removeMembers(group, [carol.userId]));
    await say(alice, group, 'she is gone');
    await say(bob, group, 'indeed');
    expect(await news(carol)).toEqual([{ kind: 'removed', group }]);
    expect(await carol.send(group, new Uint8Array(3))).toMatchObject({
      ok: false,
      refusal: { code: 'FORBIDDEN' },
    });
    expect(await texts(alice)).toEqual(['indeed']);
    expect(await news(bob)).toMatchObject([
      { kind: 'members', added: [], removed: [carol.userId] },
      { kind: 'message', sender: alice.userId },
    ]);
  });

  it('come back by another invitation', async () => {
    value(await alice.addMembers(group, [carol.userId]));
    expect(await news(carol)).toEqual([{ kind: 'joined', group, inviter: alice.userId }]);
    await say(carol, group, 'hello again');
    expect(await texts(alice)).toEqual(['hello again']);
    expect(await texts(bob)).toEqual(['hello again']);
  });
});
