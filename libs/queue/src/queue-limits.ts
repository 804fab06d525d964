/** What a queue holds at most, but for the reserved `gap` and its update (docs/protocol §6). */
export interface QueueLimits {
  /** Entries, updates included. */
  readonly entries: number;
  /** Bytes of entry bodies. */
  readonly bytes: number;
}

/** An update goes in before every hundredth entry, whether or not the owner is reading. */
export const ENTRIES_PER_UPDATE = 100;

/** Entries live through the month they were stored in and this many whole months after. */
export const RETENTION_MONTHS = 3;

/** One dequeue answers no more entries than this, whatever it asks for. */
export const MAX_DEQUEUED = 500;

/** And stops after the entry that brings the bodies past this many bytes, so that an answer fits into memory. */
export const MAX_DEQUEUED_BYTES = 4 * 1024 * 1024;

/** The largest seq a store can hold. */
export const MAX_SEQ = (1n << 63n) - 1n;
