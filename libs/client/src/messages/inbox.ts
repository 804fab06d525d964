import { decode } from '@phoenix/wire';
import { queueReaderState } from '../queue/queue-reader-state.js';
import { QUEUE } from '../queue/queue-record.js';
import { recordKind } from '../store/record-kind.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { type ClientEvent, clientEvent } from './client-event.js';

/** What the user has not confirmed yet, by place in the queue. */
export const INBOX = recordKind('inbox/', clientEvent);

/** Notices at one place in the queue are counted with so many digits. */
const PLACES = 6;

/** An event with the receipt that confirms it. */
export interface ReceivedEvent {
  readonly receipt: string;
  readonly event: ClientEvent;
}

/** Keeps what the queue's entry at `seq` came to; the same batch says that the entry was read. */
export function keepEvents(work: UnitOfWork, seq: bigint, events: readonly ClientEvent[]): void {
  for (const [i, event] of events.entries())
    work.put(INBOX, event, `${seq.toString().padStart(20, '0')}-${i}`);
}

/**
 * Keeps events that are no queue entry's doing, after all that was read so far; `unique`, in hexadecimal, makes their receipts others than any
 * that were confirmed before.
 */
export async function keepNotices(
  work: UnitOfWork,
  events: readonly ClientEvent[],
  unique: string,
): Promise<void> {
  if (events.length === 0) return;
  const kept = await work.get(QUEUE);
  const next = (kept && decode(queueReaderState, kept).nextSeq) ?? 0n;
  const place = `${(next === 0n ? 0n : next - 1n).toString().padStart(20, '0')}-~`;
  const last = (await work.names(INBOX)).filter((name) => name.startsWith(place)).at(-1);
  const first = last === undefined ? 0 : Number(last.slice(place.length, place.length + PLACES)) + 1;
  for (const [i, event] of events.entries())
    work.put(INBOX, event, `${place}${String(first + i).padStart(PLACES, '0')}-${unique}`);
}

/** All events that were not confirmed, oldest first. */
export async function unconfirmed(work: UnitOfWork): Promise<ReceivedEvent[]> {
  const received: ReceivedEvent[] = [];
  for (const receipt of await work.names(INBOX)) {
    const event = await work.get(INBOX, receipt);
    if (event !== undefined) received.push({ receipt, event });
  }
  return received;
}
