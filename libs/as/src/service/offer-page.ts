import { MAX_DEQUEUED, MAX_DEQUEUED_BYTES, MAX_SEQ, type QueueEntry } from '@phoenix/queue';
import { done, type Outcome, refuse } from '@phoenix/wire';
import type { OfferQueueStore } from '../ports/offer-queue-store.js';

/** What lies below `from` is acknowledged, unopened or not; `max` 0 only acknowledges. */
export interface OfferPage {
  readonly from: bigint;
  readonly max: number;
}

/** Refuses with BAD_REQUEST what no queue can have. */
export function checkPage({ from, max }: OfferPage): Outcome<void> {
  return max < 0 || from > MAX_SEQ ? refuse('BAD_REQUEST') : done();
}

/** Gives an authenticated owner the entries of its queue from a seq on, in their order, and forgets those before. */
export function readPage(
  queues: OfferQueueStore,
  queue: { readonly queueId: Uint8Array; readonly owner: Uint8Array },
  { from, max }: OfferPage,
): Promise<QueueEntry[]> {
  return queues.dequeue({ ...queue, from, max: Math.min(max, MAX_DEQUEUED), maxBytes: MAX_DEQUEUED_BYTES });
}
