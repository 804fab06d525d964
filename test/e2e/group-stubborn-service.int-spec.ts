import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { type Meddling, meddlingFetch, refusing, times } from './meddling-fetch.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

const pause = () => Promise.resolve();
/** More than any client should ask for. */
const OFTEN = 2_000;
const BOUND = 25;

describe('a DS that does not relent', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  /** Alice's group with Bob in it, whose lines can be meddled with, and who can be counted. */
  async function pair() {
    const { fetch, meddle } = meddlingFetch();
    const alice = await person(home);
    const bob = await person(home, { fetch, pause });
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    const asked = { count: 0 };
    const always = (operation: string, answer: Meddling) =>
      meddle(
        operation,
        ...times(OFTEN, (...request) => {
          asked.count++;
          return answer(...request);
        }),
      );
    const relent = (operation: string) => meddle(operation);
    return { alice, bob, group, always, relent, asked };
  }

  it('and takes no resync of ours is asked a bounded number of times, and again with the next receive', async () => {
    const { alice, bob, group, always, relent, asked } = await pair();
    value(await alice.updateClient(group));
    always('resyncClient', refusing('WRONG_EPOCH', { epoch: '9' }));
    expect((await bob.resync(group)).ok).toBe(false);
    expect(asked.count).toBeGreaterThan(0);
    expect(asked.count).toBeLessThan(BOUND);
    relent('resyncClient');
    value(await bob.resync(group));
    await say(bob, group, 'at last');
    expect(await texts(alice)).toEqual(['at last']);
  });

  it.each([
    ['garbage', ['AAAA']],
    ['nothing', []],
    ['a flood of garbage', Array<string>(1_000).fill('AAAA')],
  ])(
    'and says that there are proposals, but has %s, makes nobody commit on and on',
    async (_what, proposals) => {
      const { alice, bob, group, always, relent, asked } = await pair();
      const { epoch } = await viewOf(bob, group);
      always('updateClient', refusing('PROPOSALS_PENDING', { proposals }));
      expect((await bob.updateClient(group)).ok).toBe(false);
      expect(asked.count).toBeLessThan(5);
      expect((await viewOf(bob, group)).epoch).toBeLessThan(epoch + 4n);
      relent('updateClient');
      value(await bob.updateClient(group));
      await say(bob, group, 'at last');
      expect(await texts(alice)).toEqual(['at last']);
    },
  );
});
