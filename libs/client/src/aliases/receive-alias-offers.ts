import { done, monthNumber, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { inRandomOrder } from '../connecting/in-random-order.js';
import { DIRECT, OFFER_QUEUE } from '../connecting/offer-queue.js';
import { publishDirectPackages } from '../connecting/publish-packages.js';
import { OFFER_PAGE, receiveOffers } from '../connecting/receive-offers.js';
import { clientKey } from '../credentials/client-key.js';
import type { Session } from '../groups/session.js';
import { dequeueAliasOffers, dequeueConnectionOffers } from '../services/as-connection-operations.js';
import { asOwner, publishUnderAlias } from './alias-owner.js';

/** Reads every queue of offers that we have, in an order drawn at random. The first refusal, but for an alias that is gone. */
export async function receiveDue(session: Session, account: Account): Promise<Outcome<void>> {
  const names = await session.work.names(OFFER_QUEUE);
  for (const name of inRandomOrder(session.context.crypto.random, names)) {
    const received = await receiveFrom(session, account, name);
    if (!received.ok && received.refusal.code !== 'NOT_FOUND') return received;
  }
  return done();
}

/** Reads one queue of offers; where another month has begun its packages are published anew, for they run out (docs/protocol §5). */
export async function receiveFrom(session: Session, account: Account, queue: string): Promise<Outcome<void>> {
  const { context, work } = session;
  const max = OFFER_PAGE;
  const received = await receiveOffers(session, account, queue, (from) =>
    queue === DIRECT
      ? context.as.call(dequeueConnectionOffers, { from, max }, clientKey(account))
      : asOwner(session, queue, (key) =>
          context.as.call(dequeueAliasOffers, { alias: queue, from, max }, key),
        ),
  );
  const kept = await work.get(OFFER_QUEUE, queue);
  if (!received.ok || kept === undefined) return received;
  // What cannot be published now is published the next time: packages of the month before still hold.
  if (kept.published !== monthNumber(context.clock.now())) {
    if (queue === DIRECT) await publishDirectPackages(session, account, kept.oneTime);
    else await publishUnderAlias(session, queue, kept.oneTime);
  }
  return received;
}
