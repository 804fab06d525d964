import { done, formatUuid, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { recordOwnerKey } from '../account/request-keys.js';
import { GROUP } from '../groups/group-record.js';
import { isPresent } from '../groups/presence.js';
import type { Session } from '../groups/session.js';
import { QueueReader, type QueueStep } from '../queue/queue-reader.js';
import { QUEUE } from '../queue/queue-record.js';
import { dequeueMessages } from '../services/qs-operations.js';
import type { ClientEvent } from './client-event.js';
import { handleEntry } from './handle-entry.js';
import { keepEvents } from './inbox.js';

const PAGE = 100;

/**
 * Reads the queue to its end into the inbox. A page is saved, with reader, groups and events in one batch, before the next is
 * asked for, and asking is what deletes at the QS: a kill at any moment loses nothing and reads nothing twice.
 */
export async function receiveQueue(session: Session, account: Account): Promise<Outcome<void>> {
  const { context, work } = session;
  const { crypto } = context;
  const kept = await work.get(QUEUE);
  let reader = kept
    ? QueueReader.decode(crypto, kept)
    : QueueReader.create(crypto, account.qsClient.id, account.queueEncryption.privateKey);
  const key = recordOwnerKey('qs-client', account.qsClient);
  for (;;) {
    const input = { clientId: formatUuid(account.qsClient.id), from: reader.nextSeq, max: PAGE };
    const page = await context.qs.call(dequeueMessages, input, key);
    if (!page.ok) return page;
    if (page.value.length === 0) return done();
    for (const entry of page.value) {
      const step = reader.read(entry);
      const events = await eventsOf(session, account, step);
      if (!events.ok) {
        await session.save();
        return events;
      }
      reader = step.reader;
      keepEvents(work, entry.seq, events.value);
      work.put(QUEUE, reader.encode());
    }
    await session.save();
    // A QS that repeats itself does not keep us.
    if (reader.nextSeq === input.from) return done();
  }
}

async function eventsOf(
  session: Session,
  account: Account,
  { reading }: QueueStep,
): Promise<Outcome<ClientEvent[]>> {
  if (reading.kind === 'known') return done([]);
  const isWhole = 'missed' in reading && reading.missed === 0n;
  const missing: ClientEvent[] = isWhole ? [] : await missed(session);
  if (reading.kind !== 'content') return done(missing);
  const handled = await handleEntry(session, account, reading.content);
  return handled.ok ? done([...missing, ...handled.value]) : handled;
}

/**
 * Entries are missing that we have not read, unless we did and forgot: a restored copy of our state would use keys again that it has
 * used before. So our leaves are replaced before we say anything; where commits are missing too that brings the group back.
 */
async function missed(session: Session): Promise<ClientEvent[]> {
  for (const name of await session.work.names(GROUP)) {
    const live = await session.group(name);
    if (live !== undefined && isPresent(live)) session.touch(live, { rotateFirst: 1 });
  }
  return [{ kind: 'gap', since: BigInt(session.context.clock.now()) }];
}
