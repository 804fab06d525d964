import { encode, pad, type QueueEntryContent, queueEntryContent } from '@phoenix/wire';

const NOTHING = new Uint8Array(0);

/** What goes into the queues of one fan-out: encoded and padded once for all recipients. */
export interface QueueContent {
  readonly padded: Uint8Array;
  /** What the owner of a full queue finds instead: that something is missing from here on, and since when. */
  readonly gap: Uint8Array;
}

export function queueContent(entry: QueueEntryContent): QueueContent {
  return {
    padded: pad(encode(queueEntryContent, entry)),
    gap: pad(encode(queueEntryContent, { type: 'gap', timestamp: entry.timestamp, payload: NOTHING })),
  };
}
