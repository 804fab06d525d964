import { recordKind } from '../store/record-kind.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { type ClientEvent, clientEvent } from './client-event.js';

/** What the user has not confirmed yet, by place in the queue. */
export const INBOX = recordKind('inbox/', clientEvent);

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

/** All events that were not confirmed, oldest first. */
export async function unconfirmed(work: UnitOfWork): Promise<ReceivedEvent[]> {
  const received: ReceivedEvent[] = [];
  for (const receipt of await work.names(INBOX)) {
    const event = await work.get(INBOX, receipt);
    if (event !== undefined) received.push({ receipt, event });
  }
  return received;
}
