import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { inspectStore } from '@phoenix/client/testing';
import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { clientCredential, encode, monthNumber } from '@phoenix/wire';
import { Client } from 'pg';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, optionsAt, person, say, texts, value, viewOf } from './people.js';

const HOUR = 3_600_000;

describe('a credential that is revoked', () => {
  const clock = new TestClock(Date.UTC(2026, 4, 20, 12));
  let home: TestHomeserver;
  beforeAll(async () => {
    home = await startHomeserver({ domain: 'example.com', clock });
  });
  afterAll(() => home.stop());

  /** Publishes the fingerprint of a client's credential as revoked. */
  async function revoke(store: MemoryClientStore): Promise<void> {
    const { credential } = (await inspectStore(store)).account;
    const fingerprint = nodeCrypto().sha256(encode(clientCredential, credential));
    const database = new Client({ connectionString: home.as.databaseUrl });
    await database.connect();
    const row = [Buffer.from(fingerprint), monthNumber(clock.now()) + 6];
    await database.query('INSERT INTO revoked_credentials (fingerprint, last_month) VALUES ($1, $2)', row);
    await database.end();
  }

  /** Alice and Dave administer a group in which Bob and Carol are. */
  async function cast() {
    const stores = Array.from({ length: 4 }, () => new MemoryClientStore());
    const people: PhoenixClient[] = [];
    for (const store of stores) people.push(await person(home, { store }));
    const [alice, bob, carol, dave] = people as [PhoenixClient, PhoenixClient, PhoenixClient, PhoenixClient];
    await introduce(...people);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId, dave.userId]));
    value(await alice.promote(group, [dave.userId]));
    for (const each of people) await news(each);
    return { alice, bob, carol, dave, group, stores };
  }
  const shown = async (client: PhoenixClient, group: string, user: string) =>
    (await viewOf(client, group)).members.find((member) => member.user === user)?.isVerified;

  it('is heard of within a day: its leaf is shown as unverified, and an admin’s client removes it', async () => {
    const { alice, bob, carol, dave, group, stores } = await cast();
    await revoke(stores[1]!);
    expect(await news(carol)).toEqual([]);
    clock.advance(25 * HOUR);
    expect(await news(carol)).toEqual([{ kind: 'unverified', group, user: bob.userId }]);
    expect(await shown(carol, group, bob.userId)).toBe(false);
    expect(await shown(carol, group, alice.userId)).toBe(true);
    await news(dave);
    expect(await shown(dave, group, bob.userId)).toBe(false);
    expect(await news(alice)).toEqual([{ kind: 'unverified', group, user: bob.userId }]);
    expect(await shown(alice, group, bob.userId)).toBeUndefined();
    for (const each of [carol, dave])
      expect(await news(each)).toEqual([{ kind: 'members', group, added: [], removed: [bob.userId] }]);
    expect((await news(bob)).map(({ kind }) => kind)).toContain('removed');
    await say(carol, group, 'without Bob');
    for (const each of [alice, dave]) expect(await texts(each)).toEqual(['without Bob']);
  });

  it('is removed by the next admin where it is the first one’s', async () => {
    const { alice, carol, dave, group, stores } = await cast();
    await revoke(stores[0]!);
    clock.advance(25 * HOUR);
    await news(dave);
    expect(await shown(dave, group, alice.userId)).toBeUndefined();
    await news(carol);
    expect((await viewOf(carol, group)).members.map(({ user }) => user)).not.toContain(alice.userId);
    expect((await viewOf(carol, group)).status).toBe('active');
  });

  it('lets nobody into a group any more', async () => {
    const { alice, bob, stores } = await cast();
    await revoke(stores[1]!);
    clock.advance(25 * HOUR);
    const group = value(await alice.createGroup());
    expect(await alice.addMembers(group, [bob.userId])).toMatchObject({
      refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.credential.revoked' },
    });
  });

  it('does not keep a member from coming back to a group in which it still is', async () => {
    const { alice, bob, carol, group, stores } = await cast();
    await revoke(stores[1]!);
    clock.advance(25 * HOUR);
    value(await carol.resync(group));
    expect(await shown(carol, group, bob.userId)).toBe(false);
    expect((await viewOf(carol, group)).status).toBe('active');
    await news(alice);
    await news(carol);
    expect(await shown(carol, group, bob.userId)).toBeUndefined();
  });

  it('is told again by nobody, also after a restart', async () => {
    const { carol, group, bob, stores } = await cast();
    await revoke(stores[1]!);
    clock.advance(25 * HOUR);
    expect(await news(carol)).toEqual([{ kind: 'unverified', group, user: bob.userId }]);
    const again = value(await PhoenixClient.open(await optionsAt(home, { store: stores[2]! })));
    expect(await news(again)).toEqual([]);
    expect(await shown(again, group, bob.userId)).toBe(false);
  });
});
