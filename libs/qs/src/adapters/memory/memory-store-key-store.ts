import { type QueueHead, StoreKeyStore } from '@phoenix/queue';
import type { MemoryDatabase } from './memory-database.js';

/** The StoreKeyStore in memory. */
export class MemoryStoreKeyStore extends StoreKeyStore {
  constructor(private readonly database: MemoryDatabase) {
    super();
  }

  override async initialise(storeKeyId: number): Promise<number> {
    return (this.database.storeKeyId ??= storeKeyId);
  }

  override async advance(storeKeyId: number): Promise<void> {
    this.database.storeKeyId = Math.max(this.database.currentStoreKeyId, storeKeyId);
  }

  override async rewrap(
    _batch: number,
    step: (head: QueueHead, storeKeyId: number) => QueueHead | undefined,
  ): Promise<void> {
    const storeKeyId = this.database.currentStoreKeyId;
    for (const queue of this.database.queues.values()) {
      if (queue.head.storeKeyId !== storeKeyId) queue.head = step(queue.head, storeKeyId) ?? queue.head;
    }
  }
}
