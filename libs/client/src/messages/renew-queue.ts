import { done, type Outcome } from '@phoenix/wire';
import { ACCOUNT, type Account } from '../account/account.js';
import { drawRecord } from '../account/draw-account.js';
import { createRecord, deleteRecord } from '../account/record-at-qs.js';
import { GROUP } from '../groups/group-record.js';
import { isPresent } from '../groups/presence.js';
import type { Session } from '../groups/session.js';
import { publishAddPackages } from '../packages/publish-add-packages.js';
import { QUEUE } from '../queue/queue-record.js';
import { LOST_QUEUE } from './lost-queue.js';

const ONE_TIME_PACKAGES = 20;

/**
 * Takes another queue where ours cannot be read any more: a copy of our state from before some of its updates knows its secret
 * no more (docs/protocol §6). What is in it is lost. The records are new altogether, the
 * friendship token, by which friends find us, is the same; every group gets our new address with a new leaf. A kill on the way, or no
 * answer, only delays it. The account as it is then.
 */
export async function renewQueue(session: Session, account: Account): Promise<Outcome<Account>> {
  const { context, work } = session;
  const lost = await work.get(LOST_QUEUE);
  if (lost === undefined) return done(account);
  const successor = lost.successor ?? drawRecord(context.crypto);
  work.put(LOST_QUEUE, { successor });
  await session.save();
  // The token is of one record at a time.
  const deleted = await deleteRecord(context, account);
  if (!deleted.ok) return deleted;
  const renewed = { ...account, ...successor };
  const created = await createRecord(context, renewed);
  if (!created.ok) return created;
  const published = await publishAddPackages(context, renewed, ONE_TIME_PACKAGES);
  if (!published.ok) return published;
  for (const name of await work.names(GROUP)) {
    const live = await session.group(name);
    if (live !== undefined && isPresent(live)) session.touch(live, { rotateFirst: 2 });
  }
  work.put(ACCOUNT, renewed);
  work.delete(QUEUE);
  work.delete(LOST_QUEUE);
  await session.save();
  return done(renewed);
}
