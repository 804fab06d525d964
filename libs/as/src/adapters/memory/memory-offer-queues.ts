import type { QueueAppend, QueueEntry, QueueHead } from '@phoenix/queue';
import type { DequeueOffers, OfferQueueStore } from '../../ports/offer-queue-store.js';
import { nameOf } from './memory-accounts.js';

interface MemoryEntry extends QueueEntry {
  readonly month: number;
}

interface MemoryQueue {
  readonly owner: Uint8Array;
  head: QueueHead;
  entries: MemoryEntry[];
}

/** The name of the store key that all queues of an AS are wrapped under, as its database has it. */
export class MemoryQueueStoreKey {
  id: number | undefined;

  get current(): number {
    if (this.id === undefined) throw new Error('no store key was named');
    return this.id;
  }
}

/** A DirectQueueStore or an AliasQueueStore in memory. */
export class MemoryOfferQueues implements OfferQueueStore {
  /** By queue id. */
  readonly queues = new Map<string, MemoryQueue>();

  constructor(readonly storeKey: MemoryQueueStoreKey) {}

  /** Makes a queue; false where its id is taken. */
  add(owner: Uint8Array, { head, entries }: QueueAppend, month: number): boolean {
    const id = nameOf(head.id);
    if (this.queues.has(id)) return false;
    this.queues.set(id, { owner, head, entries: entries.map((entry) => ({ ...entry, month })) });
    return true;
  }

  async append(
    queueId: Uint8Array,
    month: number,
    step: (head: QueueHead, storeKeyId: number) => QueueAppend | undefined,
  ): Promise<boolean> {
    const queue = this.queues.get(nameOf(queueId));
    if (queue === undefined) return false;
    const append = step(queue.head, this.storeKey.current);
    if (append) {
      queue.head = append.head;
      queue.entries.push(...append.entries.map((entry) => ({ ...entry, month })));
    }
    return true;
  }

  async dequeue({ queueId, owner, from, max, maxBytes }: DequeueOffers): Promise<QueueEntry[]> {
    const queue = this.queues.get(nameOf(queueId));
    if (queue === undefined || nameOf(queue.owner) !== nameOf(owner)) return [];
    const dropped = drop(queue, ({ seq }) => seq < from);
    if (dropped > 0) queue.head = { ...queue.head, updateDue: true };
    return page(queue.entries.slice(0, max), maxBytes);
  }

  async expire(month: number): Promise<void> {
    for (const queue of this.queues.values())
      drop(queue, (entry) => entry.month < month && entry.kind === 'message');
  }
}

/** How many entries went. */
function drop(queue: MemoryQueue, isGone: (entry: MemoryEntry) => boolean): number {
  const gone = queue.entries.filter(isGone);
  queue.entries = queue.entries.filter((entry) => !isGone(entry));
  const { entries, bytes } = queue.head;
  queue.head = {
    ...queue.head,
    entries: entries - gone.length,
    bytes: bytes - gone.reduce((sum, { body }) => sum + body.length, 0),
  };
  return gone.length;
}

function page(entries: readonly MemoryEntry[], maxBytes: number): QueueEntry[] {
  const result: QueueEntry[] = [];
  let bytes = 0;
  for (const { seq, kind, body } of entries) {
    if (bytes >= maxBytes) break;
    result.push({ seq, kind, body });
    bytes += body.length;
  }
  return result;
}
