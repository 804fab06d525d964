export { appendToQueue, createQueue } from './append-to-queue.js';
export type { AppendContext, QueueContext, QueueOwner } from './append-to-queue.js';
export { queueContent, type QueueContent } from './queue-content.js';
export {
  QUEUE_ENTRY_KIND_NUMBERS,
  type QueueEntry,
  type QueueEntryKind,
  queueEntryKindOf,
} from './queue-entry.js';
export type { QueueAppend, QueueHead } from './queue-head.js';
export {
  ENTRIES_PER_UPDATE,
  MAX_DEQUEUED,
  MAX_DEQUEUED_BYTES,
  MAX_SEQ,
  type QueueLimits,
  RETENTION_MONTHS,
} from './queue-limits.js';
export { shuffled } from './shuffled.js';
export { StoreKeyRing, UnknownStoreKey } from './store-key-ring.js';
export { StoreKeys } from './store-keys.js';
export { StoreKeyStore } from './store-key-store.js';
export { RotateStoreKey } from './rotate-store-key.js';
