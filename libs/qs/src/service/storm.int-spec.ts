import { nodeCrypto } from '@phoenix/crypto';
import { type QsClient, TestDatabases, TestQs } from '../testing/index.js';

const crypto = nodeCrypto();
const databases = new TestDatabases();
afterAll(() => databases.drop());

const ROUNDS = 6;

describe('a QS of two processes, asked for everything at once', () => {
  it('is never caught in its own locks, and loses nothing of who stays', async () => {
    const url = await databases.url();
    const first = await TestQs.start(await databases.stores(url));
    const second = await TestQs.start(await databases.stores(url), {
      clock: first.clock,
      vault: first.vault,
    });
    const stay = await first.registerMany(4);
    const leave = await first.registerMany(ROUNDS * 2);
    const everyone = [...stay, ...leave];
    const configs = first.configsOf(everyone);
    const packagesFor = () =>
      Array.from({ length: 6 }, (_, i) => ({
        ref: crypto.random.bytes(32),
        lastResort: i === 0,
        encoded: crypto.random.bytes(300),
      }));

    const workOn = async (qs: TestQs, client: QsClient, round: number) => {
      const { clientId, asClient, asUser, userId, friendshipToken } = client;
      const { packages } = qs.stores;
      await packages.replaceAll(clientId, packagesFor());
      const queueEncryptionKey = crypto.hpke.generateKeyPair().publicKey;
      const from = round % 2 === 0 ? 0n : 1n << 41n;
      return Promise.all([
        qs.dequeueMessages.execute(asClient, { clientId, from, max: 500 }),
        qs.updateClientRecord.execute(asClient, { clientId, queueEncryptionKey }),
        qs.updateUserRecord.execute(asUser, { userId, friendshipToken }),
      ]);
    };
    for (let round = 0; round < ROUNDS; round++) {
      const gone = leave.splice(0, 2);
      // A month later, so that activity is written, too.
      first.clock.advance(31 * 86_400_000);
      const outcomes = await Promise.all([
        ...everyone.map((client, i) => workOn(i % 2 ? first : second, client, round)),
        ...gone.map((client) => first.deleteUserRecord.execute(client.asUser, client.userId)),
        ...everyone.map(async (_client, i) => {
          await (i % 2 ? second : first).send(configs, Buffer.from(`${round}.${i}`));
          return [];
        }),
        ...stay.map(async ({ friendshipToken }) => {
          await second.stores.packages.takeOneEach(crypto.sha256(friendshipToken));
          return [];
        }),
        second.rotateStoreKey.execute().then(() => []),
        first.expireQueues.execute().then(() => []),
      ]);
      // Only who has been deleted may be refused; a deadlock would have thrown.
      for (const outcome of outcomes.flat())
        if (!outcome.ok) expect(outcome.refusal.code).toBe('SIGNATURE_INVALID');
    }
    expect(await databases.miscounted(url)).toEqual([]);
    await first.send(configs, Buffer.from('after the storm'));
    for (const client of stay) expect((await second.dequeue(client)).at(-1)?.kind).toBe('message');
  });

  it('passes over a deleted client whose config it has opened before, and keeps nothing for it', async () => {
    const url = await databases.url();
    const qs = await TestQs.start(await databases.stores(url));
    const [gone, here] = (await qs.registerMany(2)) as [QsClient, QsClient];
    const configs = qs.configsOf([gone, here]);
    await qs.send(configs, Buffer.from('both'));
    expect(await qs.deleteUserRecord.execute(gone.asUser, gone.userId)).toMatchObject({ ok: true });
    await qs.send(configs, Buffer.from('one'));
    expect((await qs.dequeue(here)).filter(({ kind }) => kind === 'message')).toHaveLength(2);
    expect(await databases.run(url, 'SELECT DISTINCT client_id FROM queue_entries')).toHaveLength(1);
  });
});
