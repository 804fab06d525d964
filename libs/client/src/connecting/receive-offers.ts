import { done, equal, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { Session } from '../groups/session.js';
import type { ClientEvent } from '../messages/client-event.js';
import { type DequeuedEntry, QueueReader, type QueueReading } from '../queue/queue-reader.js';
import { DIRECT, OFFER_QUEUE } from './offer-queue.js';
import { type OfferPlace, takeOffer } from './take-offer.js';

/** Asks for a page of a queue: what lies below `from` is acknowledged by that. */
export type Dequeue = (from: bigint) => Promise<Outcome<DequeuedEntry[]>>;

export const OFFER_PAGE = 100;

/** So many offers are remembered that one which comes again is not shown again. */
const REMEMBERED = 512;

/**
 * Reads a queue of offers to its end. A page is saved, with reader, offers, used packages and events in one batch, before the next is asked
 * for: a kill at any moment loses nothing and shows nothing twice. Refuses with what the AS answers.
 */
export async function receiveOffers(
  session: Session,
  account: Account,
  queue: string,
  dequeue: Dequeue,
): Promise<Outcome<void>> {
  const { context, work } = session;
  const directories = await context.directories.current();
  if (!directories.ok) return directories;
  const place = { queue, account, directories: directories.value };
  for (;;) {
    const kept = await work.get(OFFER_QUEUE, queue);
    if (kept === undefined) return done();
    let reader = QueueReader.decode(context.crypto, kept.reader);
    let { seen } = kept;
    const from = reader.nextSeq;
    const page = await dequeue(from);
    if (!page.ok) return page;
    const events: ClientEvent[] = [];
    for (const entry of page.value) {
      const step = reader.read(entry);
      const read = await readOffer(session, place, step.reading, seen);
      reader = step.reader;
      seen = read.seen;
      // Once a page: where one cannot be read, nor can those that follow.
      const isTold = events.some(({ kind }) => kind === 'offers-missed');
      events.push(...read.events.filter(({ kind }) => !isTold || kind !== 'offers-missed'));
    }
    work.put(OFFER_QUEUE, { ...kept, reader: reader.encode(), seen }, queue);
    await session.keep(events);
    // An AS that repeats itself does not keep us.
    if (page.value.length === 0 || reader.nextSeq === from) return done();
  }
}

interface ReadOffer {
  readonly events: readonly ClientEvent[];
  readonly seen: Uint8Array[];
}

async function readOffer(
  session: Session,
  place: OfferPlace,
  reading: QueueReading,
  seen: Uint8Array[],
): Promise<ReadOffer> {
  const isWhole = 'missed' in reading && reading.missed === 0n;
  const missed: ClientEvent = { kind: 'offers-missed', alias: place.queue === DIRECT ? '' : place.queue };
  const before = isWhole || reading.kind === 'known' ? [] : [missed];
  if (reading.kind !== 'content') return { events: before, seen };
  const { type, payload } = reading.content;
  if (type === 'gap') return { events: [missed], seen };
  if (type !== 'connection_offer') return { events: before, seen };
  const digest = session.context.crypto.sha256(payload);
  if (seen.some((known) => equal(known, digest))) return { events: before, seen };
  const events = await takeOffer(session, place, payload);
  return { events: [...before, ...events], seen: [...seen, digest].slice(-REMEMBERED) };
}
