import { nodeCrypto } from '@phoenix/crypto';
import { formatUuid } from '@phoenix/wire';
import type { QueueEntry, QueueHead } from '@phoenix/queue';
import { sampleMessage, sampleQueue } from '@phoenix/queue/testing';
import type { QsStores } from './stores.js';
import { MONTH, sampleRecords } from './sample-records.js';

const crypto = nodeCrypto();
const FIRST = 1_000n;

/** What every QueueStore must hold to; run it in a `describe` of the adapter's spec, with a store key named. */
export function queueStoreConformance(make: () => Promise<QsStores>): void {
  let stores: QsStores;
  beforeAll(async () => {
    stores = await make();
  });

  const client = async (): Promise<Uint8Array> => {
    const records = sampleRecords();
    const { clientId } = records.client;
    await stores.records.create(records, (storeKeyId) => sampleQueue(clientId, storeKeyId, FIRST));
    return clientId;
  };
  const append = (clientIds: readonly Uint8Array[], length = 100, month = MONTH): Promise<void> =>
    stores.queues.append(
      { receipts: [crypto.random.bytes(32)], clientIds: clientIds.map(formatUuid), month },
      ({ heads }) => [...heads.values()].map((head) => sampleMessage(head, length)),
    );
  const dequeue = (
    clientId: Uint8Array,
    from: bigint,
    max = 500,
    maxBytes = 1 << 22,
  ): Promise<QueueEntry[]> => stores.queues.dequeue({ clientId, from, max, maxBytes, month: MONTH });
  const headOf = async (clientId: Uint8Array): Promise<QueueHead | undefined> => {
    let found: QueueHead | undefined;
    const request = { receipts: [], clientIds: [formatUuid(clientId)], month: MONTH };
    await stores.queues.append(request, ({ heads }) => {
      [found] = heads.values();
      return [];
    });
    return found;
  };
  const seqs = (entries: readonly QueueEntry[]): bigint[] => entries.map(({ seq }) => seq);

  it('gives back what was appended, in the order of seqs', async () => {
    const clientId = await client();
    for (let i = 0; i < 3; i++) await append([clientId]);
    const entries = await dequeue(clientId, 0n);
    expect(seqs(entries)).toEqual([FIRST, FIRST + 1n, FIRST + 2n, FIRST + 3n]);
    expect(entries.map(({ kind }) => kind)).toEqual(['update', 'message', 'message', 'message']);
  });

  it('takes a receipt once, over many requests and within one', async () => {
    const clientId = await client();
    const receipt = crypto.random.bytes(32);
    const seen: string[][] = [];
    const request = { receipts: [receipt, receipt], clientIds: [formatUuid(clientId)], month: MONTH };
    for (let i = 0; i < 2; i++) {
      await stores.queues.append(request, ({ fresh }) => {
        seen.push([...fresh]);
        return [];
      });
    }
    expect(seen).toEqual([[Buffer.from(receipt).toString('hex')], []]);
  });

  it('knows the receipts that it has taken, until they expire, and no other', async () => {
    const [taken, refused, unknown] = [0, 1, 2].map(() => crypto.random.bytes(32)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    await stores.queues.append({ receipts: [taken], clientIds: [], month: MONTH - 9 }, () => []);
    const broken = stores.queues.append({ receipts: [refused], clientIds: [], month: MONTH }, () => {
      throw new RangeError('in the middle');
    });
    await expect(broken).rejects.toThrow(RangeError);
    const held = () => Promise.all([taken, refused, unknown].map((r) => stores.queues.holdsReceipt(r)));
    expect(await held()).toEqual([true, false, false]);
    await stores.queues.expire(MONTH - 8);
    expect(await held()).toEqual([false, false, false]);
  });

  it('keeps nothing, not even a receipt, of a step that throws', async () => {
    const clientId = await client();
    const request = { receipts: [crypto.random.bytes(32)], clientIds: [formatUuid(clientId)], month: MONTH };
    const broken = stores.queues.append(request, function* ({ heads }) {
      for (const head of heads.values()) yield sampleMessage(head);
      throw new RangeError('in the middle');
    });
    await expect(broken).rejects.toThrow(RangeError);
    expect(await dequeue(clientId, 0n)).toHaveLength(1);
    let fresh = 0;
    await stores.queues.append(request, (locked) => {
      fresh = locked.fresh.size;
      return [];
    });
    expect(fresh).toBe(1);
  });

  it('passes over a queue that does not exist', async () => {
    const clientId = await client();
    await append([clientId, crypto.random.uuid()]);
    expect(await dequeue(clientId, 0n)).toHaveLength(2);
  });

  it('forgets what lies below `from`, counts what is left and marks an update as due', async () => {
    const clientId = await client();
    for (let i = 0; i < 3; i++) await append([clientId]);
    expect(await headOf(clientId)).toMatchObject({ entries: 4, bytes: 380, updateDue: false });
    expect(seqs(await dequeue(clientId, FIRST + 2n))).toEqual([FIRST + 2n, FIRST + 3n]);
    expect(await headOf(clientId)).toMatchObject({ entries: 2, bytes: 200, updateDue: true });
    expect(seqs(await dequeue(clientId, 0n))).toEqual([FIRST + 2n, FIRST + 3n]);
  });

  it('does not take a look at the queue for an acknowledgement', async () => {
    const clientId = await client();
    await append([clientId]);
    await dequeue(clientId, FIRST);
    expect(await headOf(clientId)).toMatchObject({ entries: 2, updateDue: false });
  });

  it('answers at most `max` entries, and stops after the one that passes `maxBytes`', async () => {
    const clientId = await client();
    for (let i = 0; i < 4; i++) await append([clientId], 1_000);
    expect(await dequeue(clientId, 0n, 3)).toHaveLength(3);
    expect(await dequeue(clientId, 0n, 0)).toHaveLength(0);
    expect(seqs(await dequeue(clientId, FIRST + 1n, 500, 1_001))).toEqual([FIRST + 1n, FIRST + 2n]);
    expect(await dequeue(clientId, FIRST + 1n, 500, 1)).toHaveLength(1);
  });

  it('gives one client nothing of another', async () => {
    const [one, other] = [await client(), await client()];
    await append([one]);
    await dequeue(one, FIRST + 10n);
    expect(await dequeue(other, 0n)).toHaveLength(1);
  });

  it('writes many large entries of one transaction', async () => {
    const clients = await Promise.all(Array.from({ length: 30 }, client));
    await append(clients, 400_000);
    for (const clientId of clients) expect(await dequeue(clientId, FIRST + 1n)).toHaveLength(1);
  });

  it('lets go of old messages and receipts but not of updates, and counts what is left', async () => {
    const clientId = await client();
    await append([clientId], 100, MONTH - 5);
    await append([clientId], 100, MONTH - 4);
    await append([clientId], 100, MONTH);
    await stores.queues.expire(MONTH - 3);
    expect(seqs(await dequeue(clientId, 0n))).toEqual([FIRST, FIRST + 3n]);
    expect(await headOf(clientId)).toMatchObject({ entries: 2, bytes: 180 });
  });

  it('takes a receipt anew once it has expired', async () => {
    const request = { receipts: [crypto.random.bytes(32)], clientIds: [], month: MONTH - 4 };
    const counts: number[] = [];
    const take = (): Promise<void> =>
      stores.queues.append(request, ({ fresh }) => {
        counts.push(fresh.size);
        return [];
      });
    await take();
    await stores.queues.expire(MONTH - 4);
    await take();
    await stores.queues.expire(MONTH - 3);
    await take();
    expect(counts).toEqual([1, 0, 1]);
  });
}
