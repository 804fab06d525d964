import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { lost, meddlingFetch, times } from './meddling-fetch.js';
import { introduce, news, optionsAt, person, say, texts, value, viewOf } from './people.js';

const pause = () => Promise.resolve();

describe('a group that one other may join by itself', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  it('is joined with the offer, from outside, and both talk', async () => {
    const [alice, bob] = [await person(home), await person(home)];
    const { group, offer } = value(await alice.createConnectionGroup(bob.userId));
    expect(value(await bob.joinConnectionGroup(offer))).toBe(group);
    expect(await news(bob)).toEqual([{ kind: 'joined', group, inviter: alice.userId }]);
    await say(bob, group, 'hello');
    expect(await news(alice)).toMatchObject([
      { kind: 'members', group, added: [bob.userId], removed: [] },
      { kind: 'message', sender: bob.userId },
    ]);
    await say(alice, group, 'and to you');
    expect(await texts(bob)).toEqual(['and to you']);
    const admins = (await viewOf(bob, group)).members.filter(({ isAdmin }) => isAdmin);
    expect(admins.map(({ user }) => user)).toEqual([alice.userId]);
  });

  it('is closed once somebody has joined', async () => {
    const [alice, bob, carol] = [await person(home), await person(home), await person(home)];
    const { group, offer } = value(await alice.createConnectionGroup());
    value(await bob.joinConnectionGroup(offer));
    expect(await carol.joinConnectionGroup(offer)).toMatchObject({ ok: false });
    expect(value(await carol.groups())).toEqual([]);
    expect((await viewOf(alice, group, 'read first')).members).toHaveLength(2);
    expect(await bob.joinConnectionGroup(offer)).toMatchObject({ refusal: { code: 'ALREADY_EXISTS' } });
  });

  it('is not followed when someone else comes than who is expected', async () => {
    const [alice, bob, mallory] = [await person(home), await person(home), await person(home)];
    const { group, offer } = value(await alice.createConnectionGroup(bob.userId));
    value(await mallory.joinConnectionGroup(offer));
    expect(await news(alice)).toEqual([{ kind: 'halted', group, rule: 'client.policy.open' }]);
  });

  it('is not joined when its member is another than who offers it, nor by what is no offer', async () => {
    const [alice, bob, mallory] = [await person(home), await person(home), await person(home)];
    const { offer } = value(await mallory.createConnectionGroup(bob.userId));
    const { offer: honest } = value(await alice.createConnectionGroup(bob.userId));
    // The keys of Mallory's group, under Alice's name: a client id is the last of an offer.
    const forged = offer.slice();
    forged.set(honest.slice(-42), forged.length - 42);
    expect(await bob.joinConnectionGroup(forged)).toMatchObject({
      refusal: { code: 'INVALID_GROUP', rule: 'client.offer.member' },
    });
    expect(await bob.joinConnectionGroup(offer.slice(1))).toMatchObject({ refusal: { code: 'BAD_REQUEST' } });
    expect(await bob.createConnectionGroup('nobody')).toMatchObject({ refusal: { code: 'BAD_REQUEST' } });
  });

  it('is joined once, also when no answer comes and the client is started anew', async () => {
    const { fetch, meddle } = meddlingFetch();
    const store = new MemoryClientStore();
    const alice = await person(home);
    const bob = await person(home, { fetch, pause, store });
    const { group, offer } = value(await alice.createConnectionGroup(bob.userId));
    meddle('joinConnectionGroup', ...times(6, lost));
    expect(await bob.joinConnectionGroup(offer)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    const again = value(await PhoenixClient.open(await optionsAt(home, { store })));
    expect(await news(again)).toEqual([{ kind: 'joined', group, inviter: alice.userId }]);
    await say(again, group, 'there you are');
    expect(await texts(alice)).toEqual(['there you are']);
  });

  it('is given up when somebody else was first, and its user told', async () => {
    const { fetch, meddle } = meddlingFetch();
    const [alice, carol] = [await person(home), await person(home)];
    const bob = await person(home, { fetch, pause });
    const { offer } = value(await alice.createConnectionGroup());
    meddle('joinConnectionGroup', ...times(6, () => Promise.reject(new TypeError('no line'))));
    expect(await bob.joinConnectionGroup(offer)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    value(await carol.joinConnectionGroup(offer));
    expect(await news(bob)).toMatchObject([{ kind: 'invitation-refused' }]);
    expect(await news(bob)).toEqual([]);
  });

  it('becomes a group of more by invitation', async () => {
    const [alice, bob, carol] = [await person(home), await person(home), await person(home)];
    await introduce(alice, carol);
    const { group, offer } = value(await alice.createConnectionGroup(bob.userId));
    value(await bob.joinConnectionGroup(offer));
    value(await alice.addMembers(group, [carol.userId]));
    await news(carol);
    await say(carol, group, 'three');
    for (const one of [alice, bob]) expect(await texts(one)).toEqual(['three']);
  });
});
