import type { QueueAppend, QueueEntry, QueueHead } from '@phoenix/queue';

/** What a batch of fan-outs asks of the store. */
export interface AppendRequest {
  /** Digests of message ids, 32 bytes each: each is taken once, ever (until it expires). */
  readonly receipts: readonly Uint8Array[];
  /** The queues to lock, without repetition; one that does not exist is passed over. */
  readonly clientIds: readonly string[];
  /** The month that receipts and entries are kept by, since January 1970. */
  readonly month: number;
}

/** What the store found, and holds locked until it has written. */
export interface LockedQueues {
  /** The digests among the request's that were not taken before, in hexadecimal. */
  readonly fresh: ReadonlySet<string>;
  /** By client id, as text. */
  readonly heads: ReadonlyMap<string, QueueHead>;
  /** The store key to wrap under; it does not change before the transaction ends. */
  readonly storeKeyId: number;
}

/** What an owner asks for: everything below `from` is gone, up to `max` entries from there on come back. */
export interface DequeueRequest {
  /** QsClientId, 16 bytes. */
  readonly clientId: Uint8Array;
  readonly from: bigint;
  readonly max: number;
  /** The answer ends after the entry that takes its bodies past this. */
  readonly maxBytes: number;
  /** The month of this visit, since January 1970. */
  readonly month: number;
}

/** The queues. Every verb is one transaction; `step` is called inside it, synchronously, and may throw to undo it. */
export abstract class QueueStore {
  /**
   * Takes the receipts, locks the queues in an order of its own, asks `step` for what to write and writes it: all or nothing.
   * Writers of one queue follow one another. The rows are written in the order that `step` yields.
   */
  abstract append(
    request: AppendRequest,
    step: (locked: LockedQueues) => Iterable<QueueAppend>,
  ): Promise<void>;

  /** Whether a receipt was taken, and has not expired since. */
  abstract holdsReceipt(receipt: Uint8Array): Promise<boolean>;

  /** Deletes below `from` (which makes an update due if anything was there), answers in the order of seqs. */
  abstract dequeue(request: DequeueRequest): Promise<QueueEntry[]>;

  /** Messages stored before `month` are gone, and receipts; updates stay for those who read on (docs/protocol §6). */
  abstract expire(month: number): Promise<void>;
}
