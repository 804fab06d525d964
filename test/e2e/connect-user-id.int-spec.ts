import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { connect, offersTo } from './acquaintances.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

describe('two people who connect by user id', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  async function two() {
    const [alice, bob] = [await person(home), await person(home)];
    for (const each of [alice, bob]) value(await each.connections.publishPackages(2));
    return { alice, bob };
  }

  it('are contacts once one has offered and the other accepted, and add each other without cards', async () => {
    const { alice, bob } = await two();
    const group = value(await alice.connections.connect(bob.userId));
    expect(await offersTo(bob)).toEqual([{ kind: 'connection-offered', user: alice.userId, alias: '' }]);
    expect(value(await bob.connections.offers())).toEqual([alice.userId]);
    expect(value(await bob.connections.accept(alice.userId))).toBe(group);
    expect(await news(alice)).toEqual([
      { kind: 'members', group, added: [bob.userId], removed: [] },
      { kind: 'connected', user: bob.userId, group },
    ]);
    expect(await news(bob)).toEqual([
      { kind: 'joined', group, inviter: alice.userId },
      { kind: 'connected', user: alice.userId, group },
    ]);
    for (const [one, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const room = value(await one.createGroup());
      value(await one.addMembers(room, [other.userId]));
      expect(await news(other)).toEqual([{ kind: 'joined', group: room, inviter: one.userId }]);
      await say(other, room, 'hello');
      expect(await texts(one)).toEqual(['hello']);
    }
    expect(value(await bob.connections.offers())).toEqual([]);
  });

  it('see the same safety number, and another with anybody else', async () => {
    const { alice, bob } = await two();
    const carol = await person(home);
    await connect(alice, bob, bob.userId);
    await connect(carol, bob, bob.userId);
    const number = value(await alice.connections.safetyNumber(bob.userId));
    expect(number).toMatch(/^\d{60}$/);
    expect(value(await bob.connections.safetyNumber(alice.userId))).toBe(number);
    expect(value(await bob.connections.safetyNumber(carol.userId))).not.toBe(number);
    expect(await alice.connections.safetyNumber(carol.userId)).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
  });

  it('meet as often as packages are taken, the last resort last', async () => {
    const { bob } = await two();
    const others = await Promise.all([1, 2, 3, 4].map(() => person(home)));
    for (const other of others) value(await other.connections.connect(bob.userId));
    const offered = await offersTo(bob);
    expect(offered.map((event) => event.kind === 'connection-offered' && event.user)).toEqual(
      others.map(({ userId }) => userId),
    );
    for (const { userId } of others) value(await bob.connections.accept(userId));
    for (const other of others) expect((await news(other)).at(-1)).toMatchObject({ kind: 'connected' });
    await news(bob);
    expect(value(await bob.connections.contacts())).toEqual(others.map(({ userId }) => userId).sort());
  });

  it('who offered to each other have one connection', async () => {
    const { alice, bob } = await two();
    const group = value(await alice.connections.connect(bob.userId));
    await offersTo(bob);
    expect(value(await bob.connections.connect(alice.userId))).toBe(group);
    await news(alice);
    await news(bob);
    for (const each of [alice, bob]) expect(value(await each.groups())).toHaveLength(1);
    for (const [one, other] of [[alice, bob] as const, [bob, alice] as const])
      expect(await one.connections.connect(other.userId)).toMatchObject({
        refusal: { code: 'ALREADY_EXISTS', rule: 'client.contact.new' },
      });
  });

  it('find nobody without packages, nobody elsewhere, and not themselves', async () => {
    const { alice, bob } = await two();
    const silent = await person(home);
    const code = async (target: string) => {
      const outcome = await alice.connections.connect(target);
      return outcome.ok ? 'done' : (outcome.refusal.rule ?? outcome.refusal.code);
    };
    expect(await code(silent.userId)).toBe('NOT_FOUND');
    expect(await code(alice.userId)).toBe('client.connect.self');
    expect(await code(bob.userId.replace('@localhost', '@elsewhere.example'))).toBe('client.connect.domain');
    expect(await code('nobody')).toBe('client.connect.target');
    expect(await code('No Body@localhost')).toBe('client.connect.target');
    expect(value(await alice.groups())).toEqual([]);
  });

  it('who had met by cards get a group by which they hear of new keys', async () => {
    const { alice, bob } = await two();
    await introduce(alice, bob);
    const group = await connect(alice, bob, bob.userId);
    expect((await viewOf(alice, group)).members).toHaveLength(2);
  });
});
