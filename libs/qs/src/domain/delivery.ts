import type { QueueContent } from '@phoenix/queue';
import type { QueueAddress } from './queue-address.js';

/** One fan-out, ready for the queues. */
export interface Delivery {
  /** SHA-256 over its message id. */
  readonly receipt: Uint8Array;
  /** One for each queue, however many configs led there. */
  readonly addresses: readonly QueueAddress[];
  readonly content: QueueContent;
}

/** What each queue is to get from deliveries that have not been made before, in their order. Uses up `fresh`, hexadecimal receipts. */
export function contentsByClient(
  deliveries: readonly Delivery[],
  fresh: Set<string>,
): Map<string, QueueContent[]> {
  const contents = new Map<string, QueueContent[]>();
  for (const delivery of deliveries) {
    if (!fresh.delete(Buffer.from(delivery.receipt).toString('hex'))) continue;
    for (const { clientId } of delivery.addresses) {
      const waiting = contents.get(clientId);
      if (waiting === undefined) contents.set(clientId, [delivery.content]);
      else waiting.push(delivery.content);
    }
  }
  return contents;
}
