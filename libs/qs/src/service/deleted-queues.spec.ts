import { nodeCrypto } from '@phoenix/crypto';
import type { QueueEntryContent } from '@phoenix/wire';
import { memoryStores, QsClient, TestQs } from '../testing/index.js';

const crypto = nodeCrypto();
const entry: QueueEntryContent = { type: 'application', timestamp: 1n, payload: new Uint8Array(10) };

describe('a fan-out to queues that are deleted', () => {
  let qs: TestQs;
  beforeEach(async () => {
    qs = await TestQs.start(memoryStores(crypto));
  });

  /** What is reported, as indices of the configs. */
  async function reported(...fanOuts: readonly (readonly Uint8Array[])[]): Promise<number[]> {
    const asked = fanOuts.map((configs) => ({ id: crypto.random.bytes(16), configs, entry }));
    const outcome = await qs.enqueueFanOuts.execute(asked);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    const digests = fanOuts.flat().map((config) => Buffer.from(crypto.sha256(config)).toString('hex'));
    return outcome.value.map((digest) => digests.indexOf(Buffer.from(digest).toString('hex'))).sort();
  }

  async function deleted(client: QsClient): Promise<void> {
    const outcome = await qs.deleteUserRecord.execute(client.asUser, client.userId);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
  }

  it('says so of a config that it has never seen', async () => {
    const [ada, ben] = (await qs.registerMany(2)) as [QsClient, QsClient];
    await deleted(ben);
    expect(await reported(qs.configsOf([ada, ben]))).toEqual([1]);
  });

  it('says so of a config that it knows, whose owner left later, as often as it is asked', async () => {
    const [ada, ben] = (await qs.registerMany(2)) as [QsClient, QsClient];
    const configs = qs.configsOf([ada, ben]);
    expect(await reported(configs)).toEqual([]);
    await deleted(ben);
    expect(await reported(configs)).toEqual([1]);
    expect(await reported(configs)).toEqual([1]);
  });

  it('says so once of each config, in however many fan-outs of a call it stands', async () => {
    const clients = await qs.registerMany(3);
    const [ada, ben, cleo] = qs.configsOf(clients) as [Uint8Array, Uint8Array, Uint8Array];
    await reported([ada, ben]);
    await deleted(clients[1]!);
    await deleted(clients[2]!);
    expect(await reported([ada, ben, cleo], [ben, cleo])).toEqual([1, 2]);
  });

  it('tells no call what another one asked about', async () => {
    const clients = await qs.registerMany(4);
    const [ada, ben, cleo, dora] = qs.configsOf(clients) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    await reported([ada, ben, cleo, dora]);
    await deleted(clients[1]!);
    await deleted(clients[3]!);
    expect(await Promise.all([reported([ada, ben]), reported([cleo, dora])])).toEqual([[1], [1]]);
  });

  it('says nothing of what it cannot open, nor of a config that a present client did not make', async () => {
    const [ada, ben] = (await qs.registerMany(2)) as [QsClient, QsClient];
    const forged = ben.sealConfig(qs.address, { clientId: ada.clientId });
    const elsewhere = ben.sealConfig({ ...qs.address, domain: 'elsewhere.example.com' });
    expect(await reported([crypto.random.bytes(160), forged, elsewhere])).toEqual([]);
  });
});
