import { nodeCrypto } from '@phoenix/crypto';
import { appendToQueue, createQueue } from './append-to-queue.js';
import { queueContent } from './queue-content.js';
import type { QueueAppend, QueueHead } from './queue-head.js';
import { StoreKeyRing } from './store-key-ring.js';

const crypto = nodeCrypto();
const limits = { entries: 10_000, bytes: 64 * 1024 * 1024 };
const context = {
  limits,
  crypto,
  keys: new StoreKeyRing([{ id: 1, key: crypto.random.bytes(32) }]),
  storeKeyId: 1,
};
const content = queueContent({ type: 'application', timestamp: 7n, payload: crypto.random.bytes(100) });

function queue(changes: Partial<QueueHead> = {}): QueueHead {
  const { publicKey } = crypto.hpke.generateKeyPair();
  const { head } = createQueue(context, { id: crypto.random.uuid(), encryptionKey: publicKey });
  return { ...head, ...changes };
}

const kinds = (append: QueueAppend | undefined): string[] => (append?.entries ?? []).map(({ kind }) => kind);

describe('appending to a queue', () => {
  it('fills a queue to its last entry, tells its owner once of what it skips, and then takes nothing', () => {
    const nearlyFull = queue({ entries: limits.entries - 1 });
    const full = appendToQueue(context, nearlyFull, [content]);
    expect(full?.head).toMatchObject({ entries: limits.entries, gapTold: false });
    const told = appendToQueue(context, full?.head as QueueHead, [content, content]);
    expect(kinds(told)).toEqual(['message']);
    expect(told?.head).toMatchObject({ entries: limits.entries + 1, gapTold: true });
    expect(appendToQueue(context, told?.head as QueueHead, [content])).toBeUndefined();
  });

  it('takes entries again once there is room, and tells of the next gap anew', () => {
    const relieved = queue({ entries: limits.entries - 2, gapTold: true, updateDue: true });
    const next = appendToQueue(context, relieved, [content, content, content]);
    expect(kinds(next)).toEqual(['update', 'message', 'message']);
    expect(next?.head).toMatchObject({ entries: limits.entries + 1, gapTold: true });
  });

  it('counts the bytes of bodies and holds no more than it may', () => {
    const head = queue({ bytes: limits.bytes - 2 * content.padded.length });
    const next = appendToQueue(context, head, [content, content]);
    const bodies = next?.entries.map(({ body }) => body.length) ?? [];
    expect(next?.head.bytes).toBe(head.bytes + bodies.reduce((sum, length) => sum + length, 0));
    expect(next?.head.gapTold).toBe(true);
  });

  it('gives a gap the size of any small message', () => {
    const small = appendToQueue(context, queue(), [content]);
    const gap = appendToQueue(context, queue({ entries: limits.entries }), [content]);
    expect(gap?.entries[0]?.body.length).toBe(small?.entries[0]?.body.length);
  });

  it('leaves no hole between seqs, whatever it writes', () => {
    const head = queue({ sinceUpdate: 99, updateDue: false });
    const next = appendToQueue(context, head, [content, content, content]);
    expect(kinds(next)).toEqual(['message', 'update', 'message', 'message']);
    expect(next?.entries.map(({ seq }) => seq - head.nextSeq)).toEqual([0n, 1n, 2n, 3n]);
    expect(next?.head.nextSeq).toBe(head.nextSeq + 4n);
  });
});
