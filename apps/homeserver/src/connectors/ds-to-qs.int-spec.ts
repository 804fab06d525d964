import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { QueueReader } from '@phoenix/client';
import { nodeCrypto } from '@phoenix/crypto';
import { fanOutTransportConformance, type TransportUnderTest } from '@phoenix/ds/testing';
import { EnqueueFanOuts, WasTaken } from '@phoenix/qs';
import { type QsClient, TestDatabases, TestQs } from '@phoenix/qs/testing';
import type { QueueEntryContent } from '@phoenix/wire';
import { DsToQs } from './ds-to-qs.js';

@Module({})
class QsContainer {}

const crypto = nodeCrypto();
const databases = new TestDatabases();
afterEach(() => databases.drop());

/** The connector to a QS of its own, on Postgres. */
async function underTest(): Promise<TransportUnderTest> {
  const stores = await databases.stores(await databases.url());
  const qs = await TestQs.start(stores);
  const providers = [
    { provide: EnqueueFanOuts, useValue: qs.enqueueFanOuts },
    { provide: WasTaken, useValue: new WasTaken(stores.queues, crypto) },
  ];
  const container = await NestFactory.createApplicationContext(
    { module: QsContainer, providers },
    { logger: false },
  );
  const owners = new Map<Uint8Array, QsClient>();
  const ownerOf = (config: Uint8Array): QsClient => owners.get(config) as QsClient;
  return {
    transport: new DsToQs(container, TestQs.domain),
    destination: TestQs.domain,
    configs: async (count) => {
      const clients = await qs.registerMany(count);
      const configs = qs.configsOf(clients);
      for (const [i, config] of configs.entries()) owners.set(config, clients[i] as QsClient);
      return configs;
    },
    received: (config) => received(qs, ownerOf(config)),
    deleteQueue: async (config) => {
      const owner = ownerOf(config);
      await qs.deleteUserRecord.execute(owner.asUser, owner.userId);
    },
  };
}

async function received(qs: TestQs, client: QsClient): Promise<QueueEntryContent[]> {
  let reader = QueueReader.create(crypto, client.clientId, client.queueKey.privateKey);
  const contents: QueueEntryContent[] = [];
  for (const entry of await qs.dequeue(client)) {
    const { reading, reader: next } = reader.read(entry);
    if (reading.kind === 'content') contents.push(reading.content);
    reader = next;
  }
  return contents;
}

describe('the way from the DS to the QS', () => {
  fanOutTransportConformance(underTest);

  it('takes nothing for another home domain: the DS has let in what it should not have', async () => {
    const { transport } = await underTest();
    const entry = { type: 'commit', timestamp: 1n, payload: new Uint8Array(1) } as const;
    const fanOut = { id: crypto.random.bytes(16), destination: 'elsewhere.org', configs: [], entry };
    await expect(transport.deliver([fanOut])).rejects.toThrow('another home domain');
  });
});
