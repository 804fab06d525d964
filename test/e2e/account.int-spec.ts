import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { lightOpaqueClient, TestClock } from '@phoenix/crypto/testing';
import { startOfMonth } from '@phoenix/wire';
import { Client } from 'pg';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, optionsAt, PASSWORD, person, say, texts, value } from './people.js';

const opaque = lightOpaqueClient();
const factor = (password = PASSWORD) => ({ password, opaque });

describe('an account', () => {
  const clock = new TestClock(Date.UTC(2026, 4, 17, 12));
  let home: TestHomeserver;

  beforeAll(async () => {
    home = await startHomeserver({ domain: 'example.com', clock });
  });

  afterAll(() => home.stop());

  const inMonths = (months: number): void => clock.advance(startOfMonth(clock.now(), months) - clock.now());

  async function rows(table: string): Promise<number> {
    const client = new Client({ connectionString: home.as.databaseUrl });
    await client.connect();
    const { rows: counted } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    await client.end();
    return counted[0]!.n;
  }

  it('lives on for two years: its credential is renewed, the AS’s are rotated, and its groups go on', async () => {
    const [alice, bob] = [await person(home), await person(home)];
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    expect((await news(bob)).map(({ kind }) => kind)).toEqual(['joined']);
    for (let month = 0; month < 24; month++) {
      inMonths(1);
      for (const each of [alice, bob]) {
        await texts(each);
        value(await each.updateClient(group));
      }
      await say(alice, group, `month ${month}`);
      expect(await texts(bob)).toEqual([`month ${month}`]);
    }
    const carol = await person(home);
    await introduce(alice, carol);
    value(await alice.publishAddPackages(1));
    await texts(alice);
    value(await alice.addMembers(group, [carol.userId]));
    expect((await news(carol)).map(({ kind }) => kind)).toEqual(['joined']);
  }, 120_000);

  it('changes its password, and is deleted with the new one alone', async () => {
    const alice = await person(home);
    value(await alice.account.changePassword(factor(), factor('another')));
    expect(await alice.account.deleteUser(factor())).toEqual({
      ok: false,
      refusal: { code: 'FORBIDDEN', rule: 'client.password' },
    });
    value(await alice.account.deleteUser(factor('another')));
  });

  it('is deleted with its groups left, its queue and its packages gone, and nothing of it kept', async () => {
    const store = new MemoryClientStore();
    const [alice, bob, carol] = [await person(home, { store }), await person(home), await person(home)];
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    for (const each of [bob, carol]) await texts(each);
    const [users, credentials] = [await rows('users'), await rows('issued_credentials')];
    value(await alice.account.deleteUser(factor()));
    for (const each of [bob, carol, bob]) await texts(each);
    const [view] = value(await bob.groups());
    expect(view!.members.map(({ user }) => user).sort()).toEqual([bob.userId, carol.userId].sort());
    expect([await rows('users'), await rows('issued_credentials')]).toEqual([users - 1, credentials - 1]);
    expect(await store.keys('')).toEqual([]);
    expect(await PhoenixClient.open(await optionsAt(home, { store }))).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
    const added = await bob.addMembers(value(await bob.createGroup()), [alice.userId]);
    expect(added).toMatchObject({ ok: false });
  });
});
