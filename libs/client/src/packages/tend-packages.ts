import type { Account } from '../account/account.js';
import type { Session } from '../groups/session.js';
import { publishAddPackages } from './publish-add-packages.js';
import { PUBLISHED } from './published-packages.js';

/** Publishes add packages anew before those that are there run out; what fails is tried the next time. */
export async function tendPackages({ context, work }: Session, account: Account): Promise<void> {
  const published = await work.get(PUBLISHED);
  if (published === undefined || BigInt(context.clock.now()) < published.due) return;
  await publishAddPackages(context, account, published.oneTime);
}

/** Has our packages replaced with the next chance: they are under a key that is ours no more. */
export async function publishAgainAtOnce({ work }: Session): Promise<void> {
  const published = await work.get(PUBLISHED);
  if (published !== undefined) work.put(PUBLISHED, { ...published, due: 0n });
}
