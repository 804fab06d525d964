import { PhoenixClient } from '@phoenix/client';
import { nodeCrypto } from '@phoenix/crypto';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { meddlingFetch } from './meddling-fetch.js';
import { introduce, news, optionsAt, person, say, texts, value } from './people.js';

const pause = () => Promise.resolve();

describe('a client in a group with someone hostile', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  it.each([0, 1, 100_000, 700_000])('reads a message of %d bytes as it was sent', async (length) => {
    const [alice, bob] = [await person(home), await person(home)];
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    const body = nodeCrypto().random.bytes(length);
    value(await alice.send(group, body));
    const [, message] = await news(bob);
    expect(message).toMatchObject({ kind: 'message', sender: alice.userId });
    expect(message?.kind === 'message' && Buffer.from(message.body).equals(body)).toBe(true);
  });

  it('says at once that a message is too large, keeps nothing of it, and sends the next', async () => {
    const { fetch } = meddlingFetch();
    const bob = await person(home);
    const alice = value(await PhoenixClient.register(await optionsAt(home, { fetch, pause })));
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    for (const length of [1_100_000, 5_000_000]) {
      const sent = await alice.send(group, new Uint8Array(length));
      expect(sent).toMatchObject({ ok: false, refusal: { code: 'LIMIT_EXCEEDED' } });
    }
    await say(alice, group, 'shorter');
    expect(await texts(bob)).toEqual(['shorter']);
    expect(value(await alice.receive())).toEqual([]);
  });

  it('is not told of what is sent in a group by someone who was put out of it', async () => {
    const { fetch, meddle } = meddlingFetch();
    const [alice, bob] = [await person(home), await person(home)];
    const mallory = await person(home, { fetch, pause, oneTime: 1 });
    await introduce(alice, bob, mallory);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, mallory.userId]));
    for (const one of [bob, mallory]) await news(one);
    value(await alice.removeMembers(group, [mallory.userId]));
    // She does not look into her queue, and so does not know.
    const nothing = () => Promise.resolve(Response.json({ data: { dequeueMessages: { entries: [] } } }));
    meddle('dequeueMessages', ...Array.from({ length: 30 }, () => nothing));
    const sent = await mallory.send(group, new TextEncoder().encode('still here'));
    expect(sent).toMatchObject({ ok: false });
    expect(await texts(bob)).toEqual([]);
  });
});
