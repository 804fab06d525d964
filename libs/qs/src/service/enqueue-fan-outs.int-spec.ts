import { nodeCrypto } from '@phoenix/crypto';
import type { QueueEntryContent } from '@phoenix/wire';
import { QueueReader } from '@phoenix/client';
import { type QsClient, TestDatabases, TestQs } from '../testing/index.js';

const crypto = nodeCrypto();
const databases = new TestDatabases();
afterEach(() => databases.drop());

/** Several processes of one QS: a database, a vault, and pools and writers of their own. */
async function processes(count: number): Promise<{ nodes: TestQs[]; url: string }> {
  const url = await databases.url();
  const nodes: TestQs[] = [];
  for (let i = 0; i < count; i++) {
    const [first] = nodes;
    const stores = await databases.stores(url);
    nodes.push(await TestQs.start(stores, first && { clock: first.clock, vault: first.vault }));
  }
  return { nodes, url };
}

/** All that a client can read from its queue's beginning; fails on anything lost or out of place. */
async function readAll(qs: TestQs, client: QsClient): Promise<string[]> {
  let reader = QueueReader.create(crypto, client.clientId, client.queueKey.privateKey);
  const said: string[] = [];
  for (;;) {
    const entries = await qs.dequeue(client, reader.nextSeq);
    if (entries.length === 0) return said;
    for (const entry of entries) {
      const { reading, reader: next } = reader.read(entry);
      if (reading.kind === 'lost' || reading.kind === 'known')
        throw new Error(`an entry was ${reading.kind}`);
      if (reading.missed > 0n) throw new Error('a seq was missing');
      if (reading.kind === 'content') said.push(Buffer.from(reading.content.payload).toString());
      reader = next;
    }
  }
}

describe('fan-outs over real connections', () => {
  it('lose nothing, double nothing and leave no hole when three processes write to the same queues', async () => {
    const { nodes } = await processes(3);
    const [first] = nodes as [TestQs];
    const clients = await first.registerMany(12);
    const configs = first.configsOf(clients);
    const sends = Array.from({ length: 240 }, (_, i) => {
      const recipients = configs.filter((_config, at) => at === i % 12 || (at * 7 + i) % 3 === 0);
      return { text: `message ${i}`, recipients, at: i };
    });
    await Promise.all(
      sends.map(({ text, recipients, at }) => (nodes[at % 3] as TestQs).send(recipients, Buffer.from(text))),
    );
    for (const [index, client] of clients.entries()) {
      const expected = sends.filter(({ recipients }) => recipients.includes(configs[index] as Uint8Array));
      const said = await readAll(first, client);
      expect([...said].sort()).toEqual(expected.map(({ text }) => text).sort());
    }
  });

  it('are taken once when the same message id comes many times, to one process or to several', async () => {
    const { nodes } = await processes(2);
    const [first] = nodes as [TestQs];
    const [client] = (await first.registerMany(1)) as [QsClient];
    const configs = first.configsOf([client]);
    const id = crypto.random.bytes(16);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => (nodes[i % 2] as TestQs).send(configs, Buffer.from('once'), id)),
    );
    await first.send(configs, Buffer.from('once'), id);
    expect(await readAll(first, client)).toEqual(['once']);
  });

  it('go on beside acknowledgements and new store keys, and the counts stay true', async () => {
    const { nodes, url } = await processes(2);
    const [first, second] = nodes as [TestQs, TestQs];
    const clients = await first.registerMany(4);
    const configs = first.configsOf(clients);
    const texts = Array.from({ length: 120 }, (_, i) => `message ${i}`);
    const sending = Promise.all(
      texts.map((text, i) => (nodes[i % 2] as TestQs).send(configs, Buffer.from(text))),
    );
    const reading = Promise.all(clients.map((client) => readUntil(second, client, texts.length)));
    for (let i = 0; i < 5; i++) await (nodes[i % 2] as TestQs).rotateStoreKey.execute();
    await sending;
    for (const said of await reading) expect([...said].sort()).toEqual([...texts].sort());
    expect(await databases.miscounted(url)).toEqual([]);
    expect(await first.vault.storeKeys('qs.ratchet')).toHaveLength(1);
  });

  it.each([
    ['while the entries are written', ''],
    ['at the commit', 'DEFERRABLE INITIALLY DEFERRED'],
  ])(
    'leave nothing behind when the connection dies %s, and arrive once when sent again',
    async (_when, deferred) => {
      const { nodes, url } = await processes(1);
      const [qs] = nodes as [TestQs];
      const clients = await qs.registerMany(3);
      const configs = qs.configsOf(clients);
      const id = crypto.random.bytes(16);
      await databases.run(
        url,
        `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
         'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'`,
      );
      const kind = deferred === '' ? 'TRIGGER' : 'CONSTRAINT TRIGGER';
      await databases.run(
        url,
        `CREATE ${kind} die AFTER INSERT ON queue_entries ${deferred} FOR EACH ROW EXECUTE FUNCTION die()`,
      );
      await expect(qs.send(configs, Buffer.from('hello'), id)).rejects.toThrow('UNAVAILABLE');
      expect(await databases.run(url, 'SELECT receipt FROM fan_out_receipts')).toEqual([]);
      await databases.run(url, 'DROP TRIGGER die ON queue_entries');
      await qs.send(configs, Buffer.from('hello'), id);
      await qs.send(configs, Buffer.from('hello'), id);
      for (const client of clients) expect(await readAll(qs, client)).toEqual(['hello']);
    },
  );

  it('do not fail for a neighbour whose entries the database refuses', async () => {
    const { nodes, url } = await processes(1);
    const [qs] = nodes as [TestQs];
    const [good, bad] = (await qs.registerMany(2)) as [QsClient, QsClient];
    await databases.run(
      url,
      `ALTER TABLE queue_entries ADD CONSTRAINT refused CHECK (octet_length(body) < 2000) NOT VALID`,
    );
    const small = Array.from({ length: 10 }, (_, i) => `small ${i}`);
    const outcomes = await Promise.allSettled([
      qs.send(qs.configsOf([bad]), new Uint8Array(4_000)),
      ...small.map((text) => qs.send(qs.configsOf([good]), Buffer.from(text))),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...small.map(() => 'fulfilled')]);
    expect((await readAll(qs, good)).sort()).toEqual(small);
    expect(await readAll(qs, bad)).toEqual([]);
  });

  it('of one call arrive all or not at all', async () => {
    const { nodes, url } = await processes(1);
    const [qs] = nodes as [TestQs];
    const clients = (await qs.registerMany(2)) as [QsClient, QsClient];
    await databases.run(
      url,
      `ALTER TABLE queue_entries ADD CONSTRAINT refused CHECK (octet_length(body) < 2000) NOT VALID`,
    );
    const entry = (length: number): QueueEntryContent => ({
      type: 'commit',
      timestamp: 1n,
      payload: new Uint8Array(length),
    });
    const fanOuts = clients.map((client, i) => ({
      id: crypto.random.bytes(16),
      configs: qs.configsOf([client]),
      entry: entry(i === 0 ? 10 : 4_000),
    }));
    await expect(qs.enqueueFanOuts.execute(fanOuts)).rejects.toThrow();
    for (const client of clients) expect(await readAll(qs, client)).toEqual([]);
  });
});

/** Reads and acknowledges until as many messages have come. */
async function readUntil(qs: TestQs, client: QsClient, count: number): Promise<string[]> {
  let reader = QueueReader.create(crypto, client.clientId, client.queueKey.privateKey);
  const said: string[] = [];
  while (said.length < count) {
    for (const entry of await qs.dequeue(client, reader.nextSeq, 7)) {
      const { reading, reader: next } = reader.read(entry);
      if (reading.kind === 'lost') throw new Error('an entry was lost');
      if (reading.kind === 'content') said.push(Buffer.from(reading.content.payload).toString());
      reader = next;
    }
  }
  return said;
}
