import { ClientStore, MemoryClientStore, PhoenixClient, type StoreWrite } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { lost, meddlingFetch, times } from './meddling-fetch.js';
import { introduce, news, optionsAt, person, say, texts, value, viewOf } from './people.js';

const pause = () => Promise.resolve();
const WRITES = 6;

/** Dies as a process would: after so many writes none arrives any more. */
class DyingStore extends ClientStore {
  constructor(
    private readonly disk: MemoryClientStore,
    private writesLeft: number,
  ) {
    super();
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return this.disk.get(key);
  }

  keys(prefix: string): Promise<string[]> {
    return this.disk.keys(prefix);
  }

  write(batch: readonly StoreWrite[]): Promise<void> {
    if (this.writesLeft-- <= 0) return Promise.reject(new Error('killed'));
    return this.disk.write(batch);
  }
}

type Doing = (bob: PhoenixClient, group: string, carol: string) => Promise<unknown>;

/** What Bob, an admin beside Alice, may be about when it happens. */
const DOINGS: readonly (readonly [name: string, operation: string, doing: Doing])[] = [
  ['leaves', 'selfRemoveUser', (bob, group) => bob.leave(group)],
  ['deletes the group', 'deleteGroup', (bob, group) => bob.deleteGroup(group)],
  ['makes someone an admin', 'updateGroupContext', (bob, group, carol) => bob.promote(group, [carol])],
  ['removes someone', 'removeUsers', (bob, group, carol) => bob.removeMembers(group, [carol])],
  ['renews its queue config', 'updateQueueConfig', (bob, group) => bob.renewQueueConfig(group)],
  ['changes its profile key', 'updateProfileKey', (bob) => bob.changeProfileKey()],
  ['resyncs', 'resyncClient', (bob, group) => bob.resync(group)],
];

describe('a client that is interrupted while it', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  async function three() {
    const { fetch, meddle } = meddlingFetch();
    const disk = new MemoryClientStore();
    const [alice, carol] = [await person(home), await person(home)];
    const bob = await person(home, { fetch, pause, store: disk });
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    for (const one of [bob, carol]) await news(one);
    value(await alice.promote(group, [bob.userId]));
    await news(bob);
    return { alice, bob, carol, group, disk, meddle };
  }

  /** Whether Bob and Alice have the same group, or none, and hear one another in it. */
  async function expectAgreement(alice: PhoenixClient, bob: PhoenixClient, group: string): Promise<void> {
    for (const one of [bob, alice, bob, alice]) await news(one);
    const [a, b] = [await viewOf(alice, group), await viewOf(bob, group)];
    if (b.status === 'active' && a.status === 'active') {
      expect(b.epoch).toBe(a.epoch);
      expect(b.members).toEqual(a.members);
      await say(bob, group, 'heard once');
      await say(alice, group, 'and back');
      expect(await texts(alice)).toEqual(['heard once']);
      expect(await texts(bob)).toEqual(['and back']);
    } else if (b.status === 'removed') {
      expect(a.members.map(({ user }) => user)).not.toContain(bob.userId);
    } else expect([a.status, b.status]).toEqual(['removed', 'deleted']);
  }

  it.each(DOINGS)(
    '%s loses and repeats nothing, wherever it is killed',
    async (_name, _operation, doing) => {
      for (let writes = 0; writes < WRITES; writes++) {
        const { alice, carol, bob, group, disk } = await three();
        const dying = new DyingStore(disk, writes);
        const doomed = value(await PhoenixClient.open(await optionsAt(home, { store: dying, pause })));
        const ended = await doing(doomed, group, carol.userId).then(
          () => 'done',
          () => 'killed',
        );
        const again = value(await PhoenixClient.open(await optionsAt(home, { store: disk, pause })));
        expect(again.userId).toBe(bob.userId);
        await expectAgreement(alice, again, group);
        if (ended === 'done') break;
      }
    },
    120_000,
  );

  it.each(DOINGS)(
    '%s gets no answer, and goes on where it was',
    async (_name, operation, doing) => {
      const { alice, carol, bob, group, meddle } = await three();
      meddle(operation, ...times(6, lost));
      await doing(bob, group, carol.userId);
      await expectAgreement(alice, bob, group);
    },
    60_000,
  );

  it.each(DOINGS)(
    '%s gets no answer and another commit comes on top, and finds out',
    async (_name, operation, doing) => {
      const { alice, carol, bob, group, meddle } = await three();
      meddle(operation, ...times(6, lost));
      await doing(bob, group, carol.userId);
      await alice.updateClient(group);
      await expectAgreement(alice, bob, group);
    },
    60_000,
  );
});
