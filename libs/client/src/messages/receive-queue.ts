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
import { LOST_QUEUE } from './lost-queue.js';

const PAGE = 100;

/**
 * Reads the queue to its end into the inbox. A page is saved, with reader, groups and events in one batch, before the next is
 * asked for, and asking is what deletes at the QS: a kill at any moment loses nothing and reads nothing twice. Where the last entries
 * cannot be read, nor can what follows: the queue is noted as lost.
 */
export async function receiveQueue(session: Session, account: Account): Promise<Outcome<void>> {
  const { context, work } = session;
  const { crypto } = context;
  const kept = await work.get(QUEUE);
  let reader = kept
    ? QueueReader.decode(crypto, kept)
    : QueueReader.create(crypto, account.qsClient.id, account.queueEncryption.privateKey);
  const key = recordOwnerKey('qs-client', account.qsClient);
  let isLost = false;
  for (;;) {
    const input = { clientId: formatUuid(account.qsClient.id), from: reader.nextSeq, max: PAGE };
    const page = await context.qs.call(dequeueMessages, input, key);
    if (!page.ok) return page;
    for (const entry of page.value) {
      const step = reader.read(entry);
      const events = await eventsOf(session, account, step, isLost);
      if (!events.ok) {
        await session.save();
        return events;
      }
      if (step.reading.kind === 'lost' || step.reading.kind === 'content')
        isLost = step.reading.kind === 'lost';
      reader = step.reader;
      keepEvents(work, entry.seq, events.value);
      work.put(QUEUE, reader.encode());
    }
    // A QS that repeats itself does not keep us.
    const isOver = page.value.length === 0 || reader.nextSeq === input.from;
    if (isOver && isLost) work.put(LOST_QUEUE, (await work.get(LOST_QUEUE)) ?? { successor: undefined });
    await session.save();
    if (isOver) return done();
  }
}

async function eventsOf(
  session: Session,
  account: Account,
  { reading }: QueueStep,
  isLost: boolean,
): Promise<Outcome<ClientEvent[]>> {
  if (reading.kind === 'known' || (reading.kind === 'lost' && isLost)) return done([]);
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
    const isDue = live !== undefined && isPresent(live) && live.record.rotateFirst === 0;
    if (isDue) session.touch(live, { rotateFirst: 1 });
  }
  return [{ kind: 'gap', since: BigInt(session.context.clock.now()) }];
}
