import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { inspectStore } from '@phoenix/client/testing';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { type Meddling, meddlingFetch, refusing } from './meddling-fetch.js';
import { introduce, news, optionsAt, person, say, texts, value, viewOf } from './people.js';

const pause = () => Promise.resolve();
const missing = refusing('NOT_FOUND');
const text = new TextEncoder().encode('hello?');

describe('a group that its DS does not find', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  /** Alice's group with Bob in it, who has his ticket unless the DS refuses it; his lines can be meddled with. */
  async function pair(...ticket: Meddling[]) {
    const { fetch, meddle } = meddlingFetch();
    const store = new MemoryClientStore();
    const alice = await person(home);
    const bob = await person(home, { fetch, pause, store });
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    meddle('membershipTicket', ...ticket);
    await news(bob);
    /** Bob's group is not found twice: when he speaks, and when he asks. */
    const lose = (presence: Meddling) => {
      meddle('sendMessage', missing);
      meddle('externalCommitInfo', missing, missing);
      meddle('groupPresence', presence, presence);
    };
    return { alice, bob, group, store, meddle, lose };
  }

  it('is told as deleted to who has a ticket and hears that there is none', async () => {
    const { bob, group, lose } = await pair();
    lose((forward) => forward().then(() => missing(forward, '')));
    expect(await bob.send(group, text)).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(await news(bob)).toEqual([{ kind: 'deleted', group }]);
    expect(await viewOf(bob, group)).toMatchObject({ status: 'deleted' });
  });

  it.each(['EAR_KEY_INVALID', 'DAMAGED'])(
    'is told as damaged, once, when it does not open (%s), and comes back when it does',
    async (code) => {
      const { alice, bob, group, lose } = await pair();
      lose(refusing(code));
      expect(await bob.send(group, text)).toMatchObject({ refusal: { code: 'DAMAGED' } });
      expect(await viewOf(bob, group)).toMatchObject({ status: 'damaged' });
      expect(await news(bob)).toEqual([{ kind: 'damaged', group }]);
      expect(await viewOf(bob, group)).toMatchObject({ status: 'active' });
      await say(bob, group, 'there again');
      expect((await texts(alice)).at(-1)).toBe('there again');
    },
  );

  it('is there, but has no leaf of ours, when the ticket finds it', async () => {
    const { bob, group, lose } = await pair();
    lose((forward) => forward());
    expect(await bob.send(group, text)).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(await news(bob)).toEqual([{ kind: 'removed', group }]);
  });

  it('is told as one that we are out of, where we have no ticket', async () => {
    const { bob, group, store, lose } = await pair(refusing('INTERNAL'));
    expect((await inspectStore(store)).groups).toMatchObject([{ ticket: undefined }]);
    lose(refusing('DAMAGED'));
    expect(await bob.send(group, text)).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(await news(bob)).toEqual([{ kind: 'removed', group }]);
  });

  it('is asked for again while no answer comes', async () => {
    const { bob, group, lose } = await pair();
    lose(refusing('INTERNAL'));
    expect(await bob.send(group, text)).toMatchObject({ refusal: { code: 'INTERNAL' } });
    expect(await viewOf(bob, group)).toMatchObject({ status: 'active' });
  });

  it('has one ticket for all its members, fetched once, which outlives a resync', async () => {
    const { alice, bob, group, store } = await pair();
    const [{ ticket } = { ticket: undefined }] = (await inspectStore(store)).groups;
    expect(ticket).toHaveLength(32);
    value(await bob.resync(group));
    await news(alice);
    const again = value(await PhoenixClient.open(await optionsAt(home, { store })));
    await news(again);
    expect((await inspectStore(store)).groups).toMatchObject([{ ticket }]);
  });
});
