/** What an entry is to its reader, in the clear: a message, an update of the ratchet, or its restart from zeros (docs/protocol §6). */
export type QueueEntryKind = 'message' | 'update' | 'reset';

/** An entry as its owner dequeues it. */
export interface QueueEntry {
  readonly seq: bigint;
  readonly kind: QueueEntryKind;
  /** A message: `Encrypt`ed, padded QueueEntryContent. Else: 32 bytes sealed to the owner's queue encryption key. */
  readonly body: Uint8Array;
}

/** How kinds are stored. */
export const QUEUE_ENTRY_KIND_NUMBERS: Record<QueueEntryKind, number> = { message: 0, update: 1, reset: 2 };
const KINDS: readonly QueueEntryKind[] = ['message', 'update', 'reset'];

/** The kind of a stored number. @throws TypeError for a number that is none */
export function queueEntryKindOf(number: number): QueueEntryKind {
  const kind = KINDS[number];
  if (kind === undefined) throw new TypeError('an entry is of no known kind');
  return kind;
}
