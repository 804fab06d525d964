import type { QueueAppend, QueueEntry, QueueHead } from '@phoenix/queue';

/** What an owner asks for: everything below `from` is gone, up to `max` entries from there on come back. */
export interface DequeueOffers {
  /** 16 bytes. */
  readonly queueId: Uint8Array;
  /** What the queue must belong to: a user's id of 16 bytes, or the key of an alias. Otherwise nothing is done. */
  readonly owner: Uint8Array;
  readonly from: bigint;
  readonly max: number;
  /** The answer ends after the entry that takes its bodies past this. */
  readonly maxBytes: number;
}

/** Queues of connection offers. Every verb is one transaction. */
export abstract class OfferQueueStore {
  /**
   * Locks a queue, asks `step` for what to write and writes it by the month (since January 1970) it is kept by: all or
   * nothing; nothing where `step` answers undefined. False where there is no such queue. Writers of one queue follow one another.
   */
  abstract append(
    queueId: Uint8Array,
    month: number,
    step: (head: QueueHead, storeKeyId: number) => QueueAppend | undefined,
  ): Promise<boolean>;

  /** Deletes below `from` (which makes an update due if anything was there), answers in the order of seqs. */
  abstract dequeue(request: DequeueOffers): Promise<QueueEntry[]>;

  /** Offers stored before `month` are gone; updates stay for those who read on (docs/protocol §6). */
  abstract expire(month: number): Promise<void>;
}

/** The queues of clients, by the client's UUID; owned by its user. */
export abstract class DirectQueueStore extends OfferQueueStore {}

/** The queues of aliases, by `aliasQueueId`; owned by the alias's key. In no table with those of clients. */
export abstract class AliasQueueStore extends OfferQueueStore {}
