import { nodeCrypto } from '@phoenix/crypto';
import type { QueueEntry, QueueHead } from '@phoenix/queue';
import { sampleMessage } from '@phoenix/queue/testing';
import type { OfferQueueStore } from '../ports/offer-queue-store.js';
import { MONTH } from './sample-connections.js';

const crypto = nodeCrypto();
const PAGE = { from: 0n, max: 500, maxBytes: 1 << 20 };

/** A store of queues, and a queue of somebody's that holds nothing but its first update of 80 bytes at seq 1000. */
export interface OfferQueueUnderTest {
  readonly queues: OfferQueueStore;
  readonly queueId: Uint8Array;
  readonly owner: Uint8Array;
}

/** What every DirectQueueStore and AliasQueueStore must hold to. */
export function offerQueueStoreConformance(make: () => Promise<OfferQueueUnderTest>): void {
  const write = async (test: OfferQueueUnderTest, length = 100, month = MONTH): Promise<void> => {
    const { queues, queueId } = test;
    expect(await queues.append(queueId, month, (head) => sampleMessage(head, length))).toBe(true);
  };
  const read = ({ queues, queueId, owner }: OfferQueueUnderTest, page = {}): Promise<QueueEntry[]> =>
    queues.dequeue({ queueId, owner, ...PAGE, ...page });
  const headOf = async ({ queues, queueId }: OfferQueueUnderTest): Promise<QueueHead | undefined> => {
    let found: QueueHead | undefined;
    await queues.append(queueId, MONTH, (head) => void (found = head));
    return found;
  };
  const seqs = (entries: readonly QueueEntry[]): number[] => entries.map(({ seq }) => Number(seq));

  it('gives back what was written, in the order of seqs', async () => {
    const test = await make();
    for (let i = 0; i < 3; i++) await write(test);
    const entries = await read(test);
    expect(seqs(entries)).toEqual([1000, 1001, 1002, 1003]);
    expect(entries.map(({ kind, body }) => [kind, body.length])).toEqual([
      ['update', 80],
      ...Array.from({ length: 3 }, () => ['message', 100]),
    ]);
  });

  it('knows whether a queue is there, and asks nothing of one that is not', async () => {
    const { queues } = await make();
    const step = (): never => {
      throw new Error('asked');
    };
    expect(await queues.append(crypto.random.uuid(), MONTH, step)).toBe(false);
  });

  it('writes nothing where the step answers nothing, or throws', async () => {
    const test = await make();
    expect(await test.queues.append(test.queueId, MONTH, () => undefined)).toBe(true);
    const failing = test.queues.append(test.queueId, MONTH, () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(seqs(await read(test))).toEqual([1000]);
  });

  it('gives nothing to another than the owner, and lets nobody else acknowledge', async () => {
    const test = await make();
    await write(test);
    const stranger = { ...test, owner: crypto.random.bytes(test.owner.length) };
    expect(await read(stranger, { from: 5000n })).toEqual([]);
    expect(await read(stranger)).toEqual([]);
    expect(seqs(await read(test))).toEqual([1000, 1001]);
  });

  it('forgets what lies below, counts what is left and makes an update due', async () => {
    const test = await make();
    for (let i = 0; i < 3; i++) await write(test);
    expect(await headOf(test)).toMatchObject({ entries: 4, bytes: 380, updateDue: false });
    expect(seqs(await read(test, { from: 1002n, max: 1 }))).toEqual([1002]);
    expect(await headOf(test)).toMatchObject({ entries: 2, bytes: 200, updateDue: true });
    expect(seqs(await read(test))).toEqual([1002, 1003]);
  });

  it('makes no update due where nothing was acknowledged', async () => {
    const test = await make();
    await write(test);
    await read(test, { from: 1000n });
    expect(await headOf(test)).toMatchObject({ updateDue: false });
  });

  it('ends an answer after the entry that takes it past its size', async () => {
    const test = await make();
    for (let i = 0; i < 5; i++) await write(test, 1000);
    expect(seqs(await read(test, { maxBytes: 1500 }))).toEqual([1000, 1001, 1002]);
    expect(await read(test, { max: 0 })).toEqual([]);
  });

  it('lets writers of one queue follow one another', async () => {
    const test = await make();
    await Promise.all(Array.from({ length: 30 }, () => write(test)));
    expect(seqs(await read(test))).toEqual(Array.from({ length: 31 }, (_, i) => 1000 + i));
    expect(await headOf(test)).toMatchObject({ entries: 31, bytes: 3080, nextSeq: 1031n });
  });

  it('lets go of old offers and keeps the updates before those that stay', async () => {
    const test = await make();
    await write(test, 100, MONTH);
    await write(test, 100, MONTH + 1);
    await test.queues.expire(MONTH + 1);
    expect(seqs(await read(test))).toEqual([1000, 1002]);
    expect(await headOf(test)).toMatchObject({ entries: 2, bytes: 180 });
  });
}
