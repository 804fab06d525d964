import { type QueueHead, StoreKeyStore } from '@phoenix/queue';
import type { MemoryOfferQueues, MemoryQueueStoreKey } from './memory-offer-queues.js';

/** The StoreKeyStore of an AS in memory. */
export class MemoryQueueStoreKeyStore extends StoreKeyStore {
  constructor(
    private readonly storeKey: MemoryQueueStoreKey,
    private readonly kinds: readonly MemoryOfferQueues[],
  ) {
    super();
  }

  override async initialise(storeKeyId: number): Promise<number> {
    return (this.storeKey.id ??= storeKeyId);
  }

  override async advance(storeKeyId: number): Promise<void> {
    this.storeKey.id = Math.max(this.storeKey.current, storeKeyId);
  }

  override async rewrap(
    _batch: number,
    step: (head: QueueHead, storeKeyId: number) => QueueHead | undefined,
  ): Promise<void> {
    const storeKeyId = this.storeKey.current;
    for (const queue of this.kinds.flatMap(({ queues }) => [...queues.values()])) {
      if (queue.head.storeKeyId !== storeKeyId) queue.head = step(queue.head, storeKeyId) ?? queue.head;
    }
  }
}
