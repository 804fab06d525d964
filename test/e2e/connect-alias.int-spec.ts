import { MemoryClientStore, type PhoenixClient } from '@phoenix/client';
import { lightOpaqueClient, TestClock } from '@phoenix/crypto/testing';
import { startOfMonth } from '@phoenix/wire';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { connect, offersTo } from './acquaintances.js';
import { lost, meddlingFetch, times } from './meddling-fetch.js';
import { news, PASSWORD, person, say, texts, value } from './people.js';

const pause = () => Promise.resolve();

describe('someone who is found by an alias', () => {
  const clock = new TestClock(Date.UTC(2026, 4, 17, 12));
  let home: TestHomeserver;
  let drawn = 0;
  beforeAll(async () => (home = await startHomeserver({ clock })));
  afterAll(() => home.stop());

  /** A person with an alias of this test's own. */
  async function known(): Promise<{ client: PhoenixClient; alias: string }> {
    const client = await person(home);
    const alias = `somebody.${drawn++}`;
    value(await client.aliases.register(alias, 1));
    return { client, alias };
  }

  const inMonths = (months: number): void => clock.advance(startOfMonth(clock.now(), months) - clock.now());

  it('is connected with, added to a group, and heard', async () => {
    const { client: bob, alias } = await known();
    const alice = await person(home);
    const group = value(await alice.connections.connect(`${alias}@localhost`));
    expect(await offersTo(bob)).toEqual([{ kind: 'connection-offered', user: alice.userId, alias }]);
    expect(value(await bob.connections.accept(alice.userId))).toBe(group);
    expect((await news(alice)).at(-1)).toEqual({ kind: 'connected', user: bob.userId, group });
    expect((await news(bob)).at(-1)).toEqual({ kind: 'connected', user: alice.userId, group });
    const room = value(await alice.createGroup());
    value(await alice.addMembers(room, [bob.userId]));
    await news(bob);
    await say(bob, room, 'found');
    expect(await texts(alice)).toEqual(['found']);
    expect(await alice.connections.connect(`${alias}@localhost`)).toMatchObject({
      refusal: { code: 'ALREADY_EXISTS' },
    });
  });

  it('is none of two: who has two aliases is offered by each, and told by which', async () => {
    const { client: bob, alias } = await known();
    value(await bob.aliases.register(`${alias}.work`, 1));
    const [alice, carol] = [await person(home), await person(home)];
    value(await alice.connections.connect(`${alias}@localhost`));
    value(await carol.connections.connect(`${alias}.work@localhost`));
    const offered = await offersTo(bob);
    expect(offered).toHaveLength(2);
    expect(offered).toEqual(
      expect.arrayContaining([
        { kind: 'connection-offered', user: alice.userId, alias },
        { kind: 'connection-offered', user: carol.userId, alias: `${alias}.work` },
      ]),
    );
    expect(value(await bob.aliases.list())).toEqual([alias, `${alias}.work`]);
  });

  it('asks for the offers of one alias alone, where it wants to', async () => {
    const { client: bob, alias } = await known();
    value(await bob.aliases.register(`${alias}.work`, 1));
    const alice = await person(home);
    value(await alice.connections.connect(`${alias}@localhost`));
    expect(value(await bob.aliases.receiveOffers(`${alias}.work`))).toEqual([]);
    expect(value(await bob.aliases.receiveOffers(alias))).toHaveLength(1);
    expect(await bob.aliases.receiveOffers('another')).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
  });

  it('is refused an alias that is another’s, or none, or could pass for a user id', async () => {
    const { alias } = await known();
    const mallory = await person(home);
    expect(await mallory.aliases.register(alias)).toMatchObject({ refusal: { code: 'ALREADY_EXISTS' } });
    for (const none of ['ab', 'Alice', 'a@b', mallory.userId.slice(0, 36)])
      expect(await mallory.aliases.register(none)).toMatchObject({
        refusal: { code: 'BAD_REQUEST', rule: 'client.alias.form' },
      });
    expect(value(await mallory.aliases.list())).toEqual([]);
  });

  it('is not found any more once it has released the alias, nor once it has deleted itself', async () => {
    const { client: bob, alias } = await known();
    const alice = await person(home);
    const group = await connect(alice, bob, `${alias}@localhost`);
    value(await bob.aliases.delete(alias));
    const carol = await person(home);
    expect(await carol.connections.connect(`${alias}@localhost`)).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
    await say(bob, group, 'still here');
    expect(await texts(alice)).toEqual(['still here']);
    value(await bob.aliases.register(alias));
    value(await bob.account.deleteUser({ password: PASSWORD, opaque: lightOpaqueClient() }));
    expect(await carol.connections.connect(`${alias}@localhost`)).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
    const { client: next } = await known();
    value(await next.aliases.register(alias, 1));
    value(await carol.connections.connect(`${alias}@localhost`));
    expect(await offersTo(next)).toHaveLength(1);
  });

  it('does not answer an offer under its alias that is sealed to a package of its user id', async () => {
    const { client: bob, alias } = await known();
    value(await bob.connections.publishPackages(1));
    const { fetch, meddle } = meddlingFetch();
    const mallory = await person(home, { fetch });
    // The package is the user's, the queue the alias's: an answer would say that both are one's.
    let signed = '';
    meddle('takeConnectionPackage', async (forward) => {
      const answer = await forward();
      const { data } = (await answer.clone().json()) as {
        data: { takeConnectionPackage: { package: string } };
      };
      signed = data.takeConnectionPackage.package;
      return answer;
    });
    meddle('enqueueConnectionOffer', () =>
      Promise.resolve(Response.json({ data: { enqueueConnectionOffer: { acknowledged: true } } })),
    );
    value(await mallory.connections.connect(bob.userId));
    meddle('takeAliasPackage', () =>
      Promise.resolve(Response.json({ data: { takeAliasPackage: { package: unsigned(signed) } } })),
    );
    value(await mallory.connections.connect(`${alias}@localhost`));
    expect(await offersTo(bob)).toEqual([]);
  });

  it('keeps its alias while it refreshes it in time, and is told when it was too late', async () => {
    const { client: bob, alias } = await known();
    const alice = await person(home);
    for (let months = 0; months < 12; months += 4) {
      inMonths(4);
      expect(await offersTo(bob)).toEqual([]);
      value(await bob.aliases.refresh(alias));
    }
    value(await alice.connections.connect(`${alias}@localhost`));
    expect(await offersTo(bob)).toHaveLength(1);
    inMonths(7);
    expect(await alice.connections.connect(`${alias}.x@localhost`)).toMatchObject({ ok: false });
    expect(await offersTo(bob)).toEqual([{ kind: 'alias-gone', alias }]);
    expect(value(await bob.aliases.list())).toEqual([]);
    value(await bob.aliases.register(alias));
  });

  it('registers once, also when no answer comes', async () => {
    const { fetch, meddle } = meddlingFetch();
    const store = new MemoryClientStore();
    const bob = await person(home, { fetch, pause, store });
    meddle('registerAlias', ...times(6, lost));
    expect(await bob.aliases.register('patient')).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    value(await bob.aliases.register('patient'));
    value(await (await person(home)).connections.connect('patient@localhost'));
    expect(await offersTo(bob)).toHaveLength(1);
  });

  it('asks the AS for nothing in two names, and gives each name keys of its own', async () => {
    const seen: { signer: string; body: string }[] = [];
    const watching: typeof fetch = (input, init) => {
      const body = new TextDecoder().decode(init!.body as Uint8Array);
      const headers = init!.headers as Record<string, string>;
      const [, signer = ''] = /keyid="([^"]+)"/.exec(headers['signature-input'] ?? '') ?? [];
      seen.push({ signer, body });
      return fetch(input, init);
    };
    const bob = await person(home, { fetch: watching });
    value(await bob.connections.publishPackages(2));
    for (const alias of ['night.bob', 'day.bob']) value(await bob.aliases.register(alias, 2));
    await offersTo(bob);
    await news(bob);
    const uuid = bob.userId.slice(0, 36);
    const namesIn = ({ signer, body }: { signer: string; body: string }) =>
      ['night.bob', 'day.bob', uuid].filter((name) => signer.includes(name) || body.includes(name));
    for (const request of seen) expect(namesIn(request).length).toBeLessThanOrEqual(1);
    // No value of 32 bytes or more is sent under two names.
    const owners = new Map<string, Set<string>>();
    for (const request of seen)
      for (const value of request.body.match(/[\w-]{43,}/g) ?? [])
        owners.set(value, (owners.get(value) ?? new Set()).add(namesIn(request).join()));
    expect([...owners.values()].filter((names) => names.size > 1)).toEqual([]);
    expect(owners.size).toBeGreaterThan(8);
  });
});

/** The bare package in a signed one: it comes first, and its signature of 64 bytes has a length of two. */
function unsigned(signed: string): string {
  return Buffer.from(signed, 'base64url').subarray(0, -66).toString('base64url');
}
