import { MemoryClientStore, type PhoenixClient } from '@phoenix/client';
import { inspectStore } from '@phoenix/client/testing';
import { TestClock } from '@phoenix/crypto/testing';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

const DAY = 86_400_000;

describe('what runs out', () => {
  const clock = new TestClock(Date.UTC(2026, 4, 20, 12));
  let home: TestHomeserver;
  beforeAll(async () => {
    home = await startHomeserver({ domain: 'example.com', clock });
  });
  afterAll(() => home.stop());

  /** The root that a client's card names at its end. */
  const rootOf = async (client: PhoenixClient): Promise<Uint8Array> =>
    value(await client.contactCard()).slice(-32);
  const signerIn = async (store: MemoryClientStore) =>
    Buffer.from((await inspectStore(store)).account.credential.payload.signer).toString('hex');

  /** The groups of a client whose epochs are others than before. */
  async function moved(client: PhoenixClient, before: ReadonlyMap<string, bigint>) {
    const now = new Map(value(await client.groups()).map(({ name, epoch }) => [name, epoch]));
    return { now, count: [...now].filter(([name, epoch]) => before.get(name) !== epoch).length };
  }

  it('is replaced before, leaf by leaf and never in all groups at once, without the user asking', async () => {
    const store = new MemoryClientStore();
    const [alice, bob] = [await person(home, { store }), await person(home)];
    const groups: string[] = [];
    for (let i = 0; i < 9; i++) groups.push(value(await alice.createGroup()));
    let epochs: ReadonlyMap<string, bigint> = (await moved(alice, new Map())).now;
    const days = new Map<string, number>();
    for (let day = 1; day <= 56; day++) {
      clock.advance(DAY);
      expect(await news(alice)).toEqual([]);
      const { now, count } = await moved(alice, epochs);
      expect(count).toBeLessThanOrEqual(2);
      for (const [name, epoch] of now) if (epochs.get(name) !== epoch) days.set(name, day);
      epochs = now;
    }
    expect([...days.keys()].sort()).toEqual([...groups].sort());
    expect(new Set(days.values()).size).toBeGreaterThan(1);
    expect(Math.min(...days.values())).toBeGreaterThan(25);
    expect(Math.max(...days.values())).toBeLessThan(53);
    await news(bob);
    await introduce(alice, bob);
    const group = value(await bob.createGroup());
    value(await bob.addMembers(group, [alice.userId]));
    expect((await news(alice)).map(({ kind }) => kind)).toEqual(['joined']);
  }, 120_000);

  it('is rotated altogether while messages flow: root, intermediates, credentials, keys, leaves and packages', async () => {
    const stores = [new MemoryClientStore(), new MemoryClientStore()];
    const [alice, bob] = [
      await person(home, { store: stores[0]! }),
      await person(home, { store: stores[1]! }),
    ];
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    for (const each of [alice, bob]) await news(each);
    const root = await rootOf(alice);
    const signers = new Set<string>();
    for (let step = 1; step <= 80; step++) {
      clock.advance(21 * DAY);
      if (step % 16 === 0) value(await (step % 32 === 0 ? alice : bob).account.replaceKey());
      for (const [one, other] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const text = `${String(step)} from ${one.userId}`;
        await say(one, group, text);
        expect(await texts(other)).toEqual([text]);
      }
      signers.add(await signerIn(stores[0]!));
    }
    expect(signers.size).toBeGreaterThan(4);
    expect(await rootOf(alice)).not.toEqual(root);
    expect(await rootOf(bob)).toEqual(await rootOf(alice));
    for (const each of [alice, bob]) expect((await viewOf(each, group)).status).toBe('active');
    const another = value(await bob.createGroup());
    value(await bob.addMembers(another, [alice.userId]));
    expect((await news(alice)).map(({ kind }) => kind)).toEqual(['joined']);
  }, 300_000);
});
