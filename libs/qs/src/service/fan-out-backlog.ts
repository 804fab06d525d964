import type { Outcome } from '@phoenix/wire';
import type { Delivery } from '../domain/delivery.js';

/** Ids of clients whose queues a transaction did not find. */
export type MissingQueues = ReadonlySet<string>;

/** A call whose deliveries wait for a transaction. */
export interface WaitingCall {
  readonly deliveries: readonly Delivery[];
  readonly resolve: (outcome: Outcome<MissingQueues>) => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds of one transaction; a call that is larger goes alone. */
const BATCH_ROWS = 4_096;
const BATCH_BYTES = 32 * 1024 * 1024;
/** Past this many rows waiting, callers are asked to come again. */
const WAITING_ROWS = 200_000;

/** Calls in the order they came, cut into batches. */
export class FanOutBacklog {
  #calls: WaitingCall[] = [];
  #rows = 0;

  /** False when too much is waiting already. */
  add(call: WaitingCall): boolean {
    if (this.#rows > WAITING_ROWS) return false;
    this.#calls.push(call);
    this.#rows += sizeOf(call).rows;
    return true;
  }

  /** The next calls that fit into one transaction; none when nothing waits. */
  next(): WaitingCall[] {
    let rows = 0;
    let bytes = 0;
    let count = 0;
    for (const call of this.#calls) {
      const size = sizeOf(call);
      const fits = rows + size.rows <= BATCH_ROWS && bytes + size.bytes <= BATCH_BYTES;
      if (count > 0 && !fits) break;
      rows += size.rows;
      bytes += size.bytes;
      count++;
    }
    this.#rows -= rows;
    return this.#calls.splice(0, count);
  }
}

function sizeOf({ deliveries }: WaitingCall): { rows: number; bytes: number } {
  let rows = 0;
  let bytes = 0;
  for (const { addresses, content } of deliveries) {
    rows += addresses.length;
    bytes += addresses.length * content.padded.length;
  }
  return { rows, bytes };
}
