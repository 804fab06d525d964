import { MemoryClientStore } from '@phoenix/client';
import { parseBase64Url, type QueueEntryContent } from '@phoenix/wire';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { forging, overhearing } from './forging-qs.js';
import { type Meddling, meddlingFetch, refusing } from './meddling-fetch.js';
import { introduce, news, person, say, texts, value } from './people.js';

const pause = () => Promise.resolve();
/** Alone in an answer, it says that the queue is at its end. */
const nothing: Meddling = () =>
  Promise.resolve(Response.json({ data: { dequeueMessages: { entries: [] } } }));

describe('a client whose queue is written by someone hostile', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  /** Alice, and Bob whose every line is meddled with, in a group of Alice's. */
  async function pair({ oneTime = 3 } = {}) {
    const { fetch, meddle } = meddlingFetch();
    const store = new MemoryClientStore();
    const alice = await person(home);
    const bob = await person(home, { fetch, pause, store, oneTime });
    await introduce(alice, bob);
    await news(bob);
    const group = value(await alice.createGroup());
    const kept: QueueEntryContent[] = [];
    value(await alice.addMembers(group, [bob.userId]));
    meddle('dequeueMessages', overhearing(store, kept));
    await news(bob);
    /** What Bob is told when his queue says this. */
    const forged = async (...contents: QueueEntryContent[]) => {
      meddle('dequeueMessages', forging(store, contents), nothing);
      const events = await news(bob);
      return events;
    };
    return { alice, bob, group, kept, forged, meddle, store };
  }

  it('is not led back into a group, nor told its old messages again, by a Welcome to its last resort', async () => {
    const { alice, bob, group, kept, forged, meddle, store } = await pair({ oneTime: 0 });
    await say(alice, group, 'once');
    meddle('dequeueMessages', overhearing(store, kept));
    expect(await texts(bob)).toEqual(['once']);
    value(await alice.removeMembers(group, [bob.userId]));
    expect(await news(bob)).toMatchObject([{ kind: 'removed' }]);
    expect(await forged(...kept)).toEqual([
      { kind: 'invitation-refused', rule: expect.stringMatching(/^client\.welcome\.epoch$/) },
    ]);
    expect(value(await bob.groups())).toMatchObject([{ status: 'removed' }]);
  });

  it('reads no message twice that is put into its queue twice', async () => {
    const { alice, bob, group, kept, forged, meddle, store } = await pair();
    await say(alice, group, 'once');
    meddle('dequeueMessages', overhearing(store, kept));
    expect(await texts(bob)).toEqual(['once']);
    value(await alice.updateClient(group));
    await news(bob);
    expect(await forged(...kept, ...kept)).toEqual([]);
    await say(bob, group, 'and on');
    expect(await texts(alice)).toEqual(['and on']);
  });

  it('survives entries of every type that say nothing', async () => {
    const { alice, bob, group, forged } = await pair();
    const types = ['commit', 'application', 'proposal', 'welcome_bundle', 'connection_offer', 'gap'] as const;
    const payloads = [new Uint8Array(), new Uint8Array(3), new Uint8Array(2000).fill(0xff)];
    const contents = types.flatMap((type) =>
      payloads.map((payload) => ({ type, timestamp: 2n ** 64n - 1n, payload })),
    );
    const told = await forged(...contents);
    expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['invitation-refused', 'gap']));
    await say(bob, group, 'unharmed');
    expect(await texts(alice)).toEqual(['unharmed']);
  });

  it('believes no commit that was changed in one place, and then the one that was not', async () => {
    const { alice, bob, group, forged, meddle, store } = await pair();
    value(await alice.updateClient(group));
    const kept: QueueEntryContent[] = [];
    meddle('dequeueMessages', async (forward, body) => {
      await overhearing(store, kept)(forward, body);
      return nothing(forward, body);
    });
    expect(await news(bob)).toEqual([]);
    const { timestamp, payload } = kept.at(-1)!;
    // Version, wire format, group id and epoch say which group and epoch it is for: what comes after says what it does. At the end are
    // two tags of 33 bytes that no signature covers.
    const told = [];
    for (let at = payload.length - 67; at > 64; at -= 61) {
      const changed = payload.map((byte, i) => (i === at ? byte ^ 1 : byte));
      told.push(...(await forged({ type: 'commit', timestamp, payload: changed })));
    }
    expect(new Set(told.map((event) => JSON.stringify(event)))).toEqual(
      new Set([JSON.stringify({ kind: 'unreadable', group, reason: 'commit' })]),
    );
    expect(await forged({ type: 'commit', timestamp, payload })).toEqual([]);
    await say(bob, group, 'on we go');
    expect(await texts(alice)).toEqual(['on we go']);
  });

  it.each([
    ['in its membership tag', 1],
    ['in its confirmation tag', 34],
  ])('comes back by itself when a commit was changed %s, and blames nobody', async (_where, fromEnd) => {
    const { alice, bob, group, kept, meddle, store } = await pair();
    value(await alice.updateClient(group));
    const damaging: Meddling = async (forward, body) => {
      await overhearing(store, kept)(forward, body);
      const { timestamp, payload } = kept.at(-1)!;
      const changed = payload.map((byte, i) => (i === payload.length - fromEnd ? byte ^ 1 : byte));
      return forging(store, [{ type: 'commit', timestamp, payload: changed }])(forward, body);
    };
    meddle('dequeueMessages', damaging, nothing);
    expect(await news(bob)).toEqual([
      { kind: 'unreadable', group, reason: 'commit' },
      { kind: 'resynced', group },
    ]);
    await say(bob, group, 'on we go');
    expect(await texts(alice)).toEqual(['on we go']);
  });

  it('does not follow a commit that the DS should have refused: someone who is no admin removes someone', async () => {
    const { alice, bob, group, meddle } = await pair();
    const { fetch, meddle: meddleCarol } = meddlingFetch();
    const store = new MemoryClientStore();
    const carol = await person(home, { fetch, pause, store, oneTime: 1 });
    await introduce(alice, carol);
    value(await alice.addMembers(group, [carol.userId]));
    await news(carol);
    await news(bob);
    let payload = new Uint8Array();
    meddle('removeUsers', (forward, body) => {
      const { variables } = JSON.parse(body) as { variables: { input: { commit: string } } };
      payload = Uint8Array.from(parseBase64Url(variables.input.commit)!);
      return refusing('FORBIDDEN')(forward, body);
    });
    expect(await bob.removeMembers(group, [alice.userId])).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    meddleCarol(
      'dequeueMessages',
      forging(store, [{ type: 'commit', timestamp: BigInt(home.clock.now()), payload }]),
      nothing,
    );
    expect(await news(carol)).toEqual([{ kind: 'halted', group, rule: 'client.policy.committer' }]);
  });
});
