import { ExpireIdle } from '@phoenix/as';
import { openAsDatabase, typeormConnectionStores } from '@phoenix/as/testing';
import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { inspectStore } from '@phoenix/client/testing';
import { TestClock } from '@phoenix/crypto/testing';
import { startOfMonth } from '@phoenix/wire';
import { Client } from 'pg';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { connect } from './acquaintances.js';
import { DyingStore } from './dying-store.js';
import { meddlingFetch, refusing, times } from './meddling-fetch.js';
import { introduce, news, optionsAt, person, say, texts, value } from './people.js';

/** The AS refuses, as long as it lies, to know the client that renews its credential. */
const LIES = times(9, refusing('SIGNATURE_INVALID'));

describe('a client that comes back', () => {
  const clock = new TestClock(Date.UTC(2026, 4, 17, 12));
  let home: TestHomeserver;
  beforeAll(async () => {
    home = await startHomeserver({ domain: 'example.com', clock });
  });
  afterAll(() => home.stop());

  const inMonths = (months: number): void => clock.advance(startOfMonth(clock.now(), months) - clock.now());

  /** What the AS does when a month begins. */
  async function expireIdle(): Promise<void> {
    const database = await openAsDatabase(home.as.databaseUrl);
    const { connections, aliases } = typeormConnectionStores(database);
    await new ExpireIdle(connections, aliases, { clientMonths: 12 }, clock).execute();
    await database.destroy();
  }

  const reopen = async (store: MemoryClientStore) =>
    value(await PhoenixClient.open(await optionsAt(home, { store })));

  async function recordsAtQs(): Promise<number> {
    const client = new Client({ connectionString: home.qs.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM user_records');
    await client.end();
    return rows[0]!.n;
  }

  /** Alice, with a contact and a group, was away for thirteen months; Bob was not. */
  async function longAway() {
    const store = new MemoryClientStore();
    const [alice, bob] = [await person(home, { store }), await person(home)];
    for (const each of [alice, bob]) value(await each.connections.publishPackages(2));
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    await say(bob, group, 'are you there?');
    for (let month = 0; month < 14; month++) {
      inMonths(1);
      await expireIdle();
      value(await bob.connections.receiveOffers());
      await news(bob);
    }
    return { store, bob, group, formerly: alice.userId };
  }

  it('after thirteen months is told once that it is gone, registers anew under another id, and is reached', async () => {
    const { store, bob, group, formerly } = await longAway();
    const options = await optionsAt(home, { store });
    expect(await PhoenixClient.register(options)).toMatchObject({ refusal: { code: 'ALREADY_EXISTS' } });
    const returned = await reopen(store);
    const told = await news(returned);
    expect(told.filter(({ kind }) => kind === 'account-gone')).toHaveLength(1);
    expect(await news(returned)).not.toContainEqual({ kind: 'account-gone' });
    expect(value(await returned.groups()).map(({ name }) => name)).toEqual([group]);
    const former = (await inspectStore(store)).account;

    const anew = value(await PhoenixClient.register(options));
    expect(anew.userId).not.toBe(formerly);
    expect(value(await anew.groups())).toEqual([]);
    expect(value(await anew.connections.contacts())).toEqual([]);
    expect(await store.keys('')).toEqual(['account']);
    const { account } = await inspectStore(store);
    for (const part of ['credentialKey', 'friendship', 'qsUser', 'qsClient', 'queueEncryption'] as const)
      expect(account[part]).not.toEqual(former[part]);

    value(await anew.publishAddPackages(2));
    value(await anew.connections.publishPackages(2));
    await connect(bob, anew, anew.userId);
    const room = value(await bob.createGroup());
    value(await bob.addMembers(room, [anew.userId]));
    await say(bob, room, 'there you are');
    expect(await texts(anew)).toEqual(['there you are']);
    await say(anew, room, 'here I am');
    expect(await texts(bob)).toEqual(['here I am']);
    expect(await PhoenixClient.register(options)).toMatchObject({ refusal: { code: 'ALREADY_EXISTS' } });
  }, 120_000);

  it('is one user or the other wherever its registration is killed, and the new one in the end', async () => {
    const { store: disk, group, formerly } = await longAway();
    await news(await reopen(disk));
    const records = await recordsAtQs();
    const kept: string[][] = [];
    for (const writes of [0, 1, 1, 0]) {
      const options = await optionsAt(home, { store: new DyingStore(disk, writes) });
      await expect(PhoenixClient.register(options)).rejects.toThrow('killed');
      kept.push(await disk.keys(''));
    }
    for (const keys of kept.slice(0, 2))
      expect(keys).toEqual(expect.arrayContaining(['account', 'account-gone', `groups/${group}`]));
    for (const keys of kept.slice(2)) expect(keys).toEqual(['account', 'former-qs-user']);
    const anew = value(await PhoenixClient.register(await optionsAt(home, { store: disk })));
    expect(await recordsAtQs()).toBe(records);
    expect(anew.userId).not.toBe(formerly);
    expect(await disk.keys('')).toEqual(['account']);
    value(await anew.publishAddPackages(1));
    expect(await news(anew)).toEqual([]);
  }, 120_000);

  it('is not gone for an AS that refuses it while its credential runs', async () => {
    const { fetch, meddle } = meddlingFetch();
    const store = new MemoryClientStore();
    const alice = await person(home, { store, fetch });
    const { notAfter } = (await inspectStore(store)).account.credential.payload.expiration;
    meddle('renewClientCredential', ...LIES);
    clock.advance(Number(notAfter) * 1000 - clock.now() - 60_000);
    expect(await news(alice)).not.toContainEqual({ kind: 'account-gone' });
    const again = await PhoenixClient.register(await optionsAt(home, { store }));
    expect(again).toMatchObject({ refusal: { code: 'ALREADY_EXISTS' } });
  });

  it('loses nothing by an AS that lies: the account goes on when the AS knows it again', async () => {
    const { fetch, meddle } = meddlingFetch();
    const store = new MemoryClientStore();
    const [alice, bob] = [await person(home, { store, fetch }), await person(home)];
    await introduce(alice, bob);
    const { notAfter } = (await inspectStore(store)).account.credential.payload.expiration;
    meddle('renewClientCredential', ...LIES);
    clock.advance(Number(notAfter) * 1000 - clock.now());
    expect(await news(alice)).toContainEqual({ kind: 'account-gone' });
    expect((await store.keys('contacts/')).length).toBe(1);
    meddle('renewClientCredential');
    await news(alice);
    const again = await PhoenixClient.register(await optionsAt(home, { store }));
    expect(again).toMatchObject({ refusal: { code: 'ALREADY_EXISTS' } });
    await news(bob);
    value(await alice.publishAddPackages(1));
    await introduce(alice, bob);
    const room = value(await bob.createGroup());
    value(await bob.addMembers(room, [alice.userId]));
    expect((await news(alice)).map(({ kind }) => kind)).toEqual(['joined']);
  });
});
