import { MemoryClientStore } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { altered, meddlingFetch, times } from './meddling-fetch.js';
import { introduce, person, say, texts, value } from './people.js';
import { meddledPair, membersOf, pause } from './meddled-pair.js';

describe('a client of a QS that lies', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  it('ends a reading when the QS answers the same entries for ever', async () => {
    const { fetch, meddle } = meddlingFetch();
    const [alice, store] = [await person(home), new MemoryClientStore()];
    const bob = await person(home, { fetch, pause, store });
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    let first: unknown;
    let answers = 0;
    const again = altered((data) => (answers++, (first ??= data)));
    meddle('dequeueMessages', ...times(20, again));
    expect(value(await bob.receive())).toHaveLength(1);
    expect(answers).toBe(2);
    meddle('dequeueMessages');
    await say(alice, group, 'hello');
    expect(await texts(bob)).toEqual(['hello']);
  });

  it('refuses more than one package of one client', async () => {
    const { alice, group, meddle } = await meddledPair(home);
    const carol = await person(home);
    await introduce(alice, carol);
    meddle('takeAddPackages', async (forward) => {
      const answers = [await forward(), await forward()];
      const taken = await Promise.all(
        answers.map(async (answer) => {
          const { data } = (await answer.json()) as { data: { takeAddPackages: { addPackages: string[] } } };
          return data.takeAddPackages.addPackages;
        }),
      );
      return Response.json({ data: { takeAddPackages: { addPackages: taken.flat() } } });
    });
    expect(await alice.addMembers(group, [carol.userId])).toMatchObject({
      refusal: { code: 'INVALID_KEY_PACKAGE', rule: 'client.add-package.client' },
    });
  });

  it("refuses someone else's package under a friend's token", async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    const [carol, mallory] = [await person(home), await person(home)];
    await introduce(alice, carol, mallory);
    let stolen: string[] = [];
    meddle(
      'takeAddPackages',
      altered((data) => {
        stolen = data['takeAddPackages']!['addPackages'] as string[];
        return data;
      }),
      altered(() => ({ takeAddPackages: { addPackages: stolen } })),
    );
    value(await alice.addMembers(group, [mallory.userId]));
    expect(await alice.addMembers(group, [carol.userId])).toMatchObject({
      refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.link.open' },
    });
    expect(await membersOf(alice, group)).toEqual([alice.userId, bob.userId, mallory.userId].sort());
  });
});
