/** What an entry is to its reader, in the clear: a message, an update of the ratchet, or its restart from zeros (docs/protocol §6). */
export type QueueEntryKind = 'message' | 'update' | 'reset';

/** An entry as its owner dequeues it. */
export interface QueueEntry {
  readonly seq: bigint;
  readonly kind: QueueEntryKind;
  /** A message: `Encrypt`ed, padded QueueEntryContent. Else: 32 bytes sealed to the owner's queue encryption key. */
  readonly body: Uint8Array;
}
