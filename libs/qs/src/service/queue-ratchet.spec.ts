import { QueueReader } from '@phoenix/client';
import { nodeCrypto } from '@phoenix/crypto';
import fc from 'fast-check';
import { memoryStores, type QsClient, TestQs } from '../testing/index.js';

const crypto = nodeCrypto();

/** A client's device: what it has kept, and what it has read so far. */
class Device {
  kept: Uint8Array;
  readonly said: string[] = [];

  constructor(
    readonly qs: TestQs,
    readonly client: QsClient,
  ) {
    this.kept = QueueReader.create(crypto, client.clientId, client.queueKey.privateKey).encode();
  }

  /** Reads up to `max` entries from where it was; with a crash, it forgets all that it did not keep before. */
  async read(max: number, crash: 'before keeping' | undefined): Promise<void> {
    let reader = QueueReader.decode(crypto, this.kept);
    const said: string[] = [];
    for (const entry of await this.qs.dequeue(this.client, reader.nextSeq, max)) {
      const step = reader.read(entry);
      if (step.reading.kind === 'content') said.push(Buffer.from(step.reading.content.payload).toString());
      if (step.reading.kind === 'lost') throw new Error('an entry could not be read');
      reader = step.reader;
    }
    if (crash) return;
    this.kept = reader.encode();
    this.said.push(...said);
  }
}

type Act =
  | { readonly kind: 'send'; readonly count: number }
  | { readonly kind: 'read'; readonly max: number }
  | { readonly kind: 'crash'; readonly max: number }
  | { readonly kind: 'rotate' | 'restart' };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('send' as const), count: fc.integer({ min: 1, max: 130 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('read' as const), max: fc.integer({ min: 0, max: 150 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), max: fc.integer({ min: 0, max: 150 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('rotate' as const, 'restart' as const) }) },
);

describe('the ratchet of a queue', () => {
  it('is read by its owner, each message once and in order, however sending, acknowledging, crashes and new store keys fall', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const stores = memoryStores(crypto);
        let qs = await TestQs.start(stores);
        const client = await qs.register();
        const configs = qs.configsOf([client]);
        const device = new Device(qs, client);
        const sent: string[] = [];
        for (const { kind, ...details } of acts) {
          if (kind === 'rotate') await qs.rotateStoreKey.execute();
          if (kind === 'restart') qs = await TestQs.start(stores, { clock: qs.clock, vault: qs.vault });
          if ('max' in details)
            await device.read(details.max, kind === 'crash' ? 'before keeping' : undefined);
          for (let i = 0; 'count' in details && i < details.count; i++) {
            sent.push(`message ${sent.length}`);
            await qs.send(configs, Buffer.from(sent.at(-1) as string));
          }
        }
        while (device.said.length < sent.length) await device.read(500, undefined);
        expect(device.said).toEqual(sent);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('brings an update first, with every hundredth entry, and with the first after an acknowledgement', async () => {
    const qs = await TestQs.start(memoryStores(crypto));
    const client = await qs.register();
    const configs = qs.configsOf([client]);
    const send = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await qs.send(configs, Buffer.from('x'));
    };
    await send(205);
    const entries = await qs.dequeue(client);
    const start = entries[0]?.seq ?? 0n;
    const updates = entries.filter(({ kind }) => kind === 'update').map(({ seq }) => seq - start);
    expect(updates).toEqual([0n, 101n, 202n]);
    expect(entries.map(({ seq }) => seq - start)).toEqual(entries.map((_, i) => BigInt(i)));
    await qs.dequeue(client, start + 1n);
    await send(2);
    const kinds = (await qs.dequeue(client, start + 208n)).map(({ kind }) => kind);
    expect(kinds).toEqual(['update', 'message', 'message']);
  });

  it('starts each queue at a random seq below 2^40', async () => {
    const qs = await TestQs.start(memoryStores(crypto));
    const starts = new Set<bigint>();
    for (const client of await qs.registerMany(5)) starts.add((await qs.dequeue(client))[0]?.seq ?? -1n);
    expect(starts.size).toBe(5);
    for (const seq of starts) expect(seq >= 0n && seq < 1n << 40n).toBe(true);
  });

  it('restarts beyond all that was seen when a secret can no longer be opened, and is read again from there', async () => {
    const stores = memoryStores(crypto);
    const before = await TestQs.start(stores);
    const client = await before.register();
    const device = new Device(before, client);
    await before.send(before.configsOf([client]), Buffer.from('one'));
    for (let i = 0; i < 3; i++) await before.rotateStoreKey.execute();
    for (const { id } of await before.vault.storeKeys('qs.ratchet')) {
      await before.vault.destroyStoreKey('qs.ratchet', id);
    }
    const after = await TestQs.start(stores, { clock: before.clock, vault: before.vault });
    await after.send(after.configsOf([client]), Buffer.from('two'));
    await after.send(after.configsOf([client]), Buffer.from('three'));
    await device.read(500, undefined);
    expect(device.said).toEqual(['one', 'two', 'three']);
    const kinds = (await before.dequeue(client)).map(({ kind }) => kind);
    expect(kinds).toEqual(['update', 'message', 'reset', 'message', 'message']);
  });
});
