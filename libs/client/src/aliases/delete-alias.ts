import { done, type Outcome } from '@phoenix/wire';
import { inRandomOrder } from '../connecting/in-random-order.js';
import type { Session } from '../groups/session.js';
import { deleteAlias } from '../services/as-connection-operations.js';
import { aliasKey, forgetAlias, notOurs } from './alias-owner.js';
import { ALIAS } from './own-alias.js';

/** Releases one of our aliases, and forgets all that was its; one that is gone already is a success. */
export async function deleteOwnAlias(session: Session, alias: string): Promise<Outcome<void>> {
  const { work, context } = session;
  const own = await work.get(ALIAS, alias);
  if (own === undefined) return notOurs();
  const deleted = await context.as.call(deleteAlias, { alias }, aliasKey(alias, own.keys));
  const isGone = !deleted.ok && ['NOT_FOUND', 'SIGNATURE_INVALID'].includes(deleted.refusal.code);
  if (!deleted.ok && !isGone) return deleted;
  await forgetAlias(work, alias);
  await session.save();
  return done();
}

/** Releases all our aliases, in an order drawn at random. */
export async function deleteAllAliases(session: Session): Promise<Outcome<void>> {
  const names = await session.work.names(ALIAS);
  for (const name of inRandomOrder(session.context.crypto.random, names)) {
    const deleted = await deleteOwnAlias(session, name);
    if (!deleted.ok) return deleted;
  }
  return done();
}
