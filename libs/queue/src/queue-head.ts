import type { QueueEntry } from './queue-entry.js';

/** All that a store keeps of a queue beside its entries. */
export interface QueueHead {
  /** 16 bytes: the id of the owning client record, or the first half of an alias's SHA-256. */
  readonly id: Uint8Array;
  /** The seq the next entry takes; seqs have no holes. */
  readonly nextSeq: bigint;
  /** The ratchet secret, `Encrypt`ed under the store key of `storeKeyId`. */
  readonly wrappedSecret: Uint8Array;
  readonly storeKeyId: number;
  /** The owner's HPKE public key, 32 bytes. */
  readonly encryptionKey: Uint8Array;
  /** Entries that now wait, and the bytes of their bodies. */
  readonly entries: number;
  readonly bytes: number;
  /** Entries since the last update. */
  readonly sinceUpdate: number;
  /** The owner acknowledged something, or replaced its key, since the last update: the next entry brings one. */
  readonly updateDue: boolean;
  /** The queue is full and its owner has been left a `gap` at this place. */
  readonly gapTold: boolean;
}

/** A queue's next head with the entries that lead to it: stored together or not at all. */
export interface QueueAppend {
  readonly head: QueueHead;
  readonly entries: readonly QueueEntry[];
}
