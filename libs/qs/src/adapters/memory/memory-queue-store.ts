import type { QueueAppend, QueueEntry, QueueHead } from '@phoenix/queue';
import { formatUuid } from '@phoenix/wire';
import {
  type AppendRequest,
  type DequeueRequest,
  type LockedQueues,
  QueueStore,
} from '../../ports/queue-store.js';
import type { MemoryDatabase, MemoryEntry, MemoryQueue } from './memory-database.js';

/** The QueueStore in memory. */
export class MemoryQueueStore extends QueueStore {
  constructor(private readonly database: MemoryDatabase) {
    super();
  }

  override async append(
    { receipts, clientIds, month }: AppendRequest,
    step: (locked: LockedQueues) => Iterable<QueueAppend>,
  ): Promise<void> {
    const { queues, receipts: taken } = this.database;
    const fresh = new Set(receipts.map(hex).filter((receipt) => !taken.has(receipt)));
    const heads = new Map<string, QueueHead>();
    for (const id of clientIds) {
      const queue = queues.get(id);
      if (queue) heads.set(id, queue.head);
    }
    const storeKeyId = this.database.currentStoreKeyId;
    // All of it is made before any of it is kept: what throws here leaves nothing behind.
    const appends = [...step({ fresh, heads, storeKeyId })];
    for (const receipt of fresh) taken.set(receipt, month);
    for (const append of appends) this.#keep(append, month);
  }

  override async holdsReceipt(receipt: Uint8Array): Promise<boolean> {
    return this.database.receipts.has(hex(receipt));
  }

  override async dequeue({ clientId, from, max, maxBytes, month }: DequeueRequest): Promise<QueueEntry[]> {
    const id = formatUuid(clientId);
    const queue = this.database.queues.get(id);
    if (queue === undefined) return [];
    const before = queue.entries.length;
    drop(queue, ({ seq }) => seq < from);
    if (queue.entries.length < before) queue.head = { ...queue.head, updateDue: true };
    const client = this.database.clients.get(id);
    if (client) this.database.clients.set(id, { ...client, activeMonth: month });
    return page(queue.entries.slice(0, max), maxBytes);
  }

  override async expire(month: number): Promise<void> {
    for (const queue of this.database.queues.values()) {
      drop(queue, (entry) => entry.month < month && entry.kind === 'message');
    }
    for (const [receipt, taken] of this.database.receipts) {
      if (taken < month) this.database.receipts.delete(receipt);
    }
  }

  #keep({ head, entries }: QueueAppend, month: number): void {
    const queue = this.database.queues.get(formatUuid(head.id));
    if (queue === undefined) throw new Error('a queue that was not locked');
    queue.head = head;
    queue.entries.push(...entries.map((entry) => ({ ...entry, month })));
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function drop(queue: MemoryQueue, isGone: (entry: MemoryEntry) => boolean): void {
  const gone = queue.entries.filter(isGone);
  queue.entries = queue.entries.filter((entry) => !isGone(entry));
  const bytes = gone.reduce((sum, { body }) => sum + body.length, 0);
  queue.head = {
    ...queue.head,
    entries: queue.head.entries - gone.length,
    bytes: queue.head.bytes - bytes,
  };
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
