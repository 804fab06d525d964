import { type ErrorCode, isAlias, type Outcome, parseUuid, refuse, utf8 } from '@phoenix/wire';
import { drawOfferQueue, OFFER_QUEUE } from '../connecting/offer-queue.js';
import type { Session } from '../groups/session.js';
import { registerAlias as register } from '../services/as-connection-operations.js';
import { aliasKey, forgetAlias, publishUnderAlias } from './alias-owner.js';
import { ALIAS } from './own-alias.js';

const QUEUE_ID_BYTES = 16;

/** After these the alias may be ours. */
const UNDECIDED: readonly ErrorCode[] = ['UNAVAILABLE', 'INTERNAL'];

/**
 * Makes an alias for us, with keys, packages and a queue that have nothing to do with us or another alias. Refuses with BAD_REQUEST for
 * what is none and ALREADY_EXISTS where it is another's; where no answer came, call it again.
 */
export async function registerAlias(
  session: Session,
  alias: string,
  oneTime: number,
): Promise<Outcome<void>> {
  const { work, context } = session;
  if (!isAlias(alias) || parseUuid(alias) !== undefined)
    return refuse('BAD_REQUEST', { rule: 'client.alias.form' });
  const { crypto, as } = context;
  const { keys } = (await work.get(ALIAS, alias)) ?? { keys: crypto.signer.generateKeyPair() };
  const queueId = crypto.sha256(utf8(alias)).subarray(0, QUEUE_ID_BYTES);
  const queue = (await work.get(OFFER_QUEUE, alias)) ?? drawOfferQueue(crypto, queueId);
  work.put(ALIAS, { keys }, alias);
  work.put(OFFER_QUEUE, queue, alias);
  await session.save();
  const input = { alias, authKey: keys.publicKey, queueEncryptionKey: queue.encryption.publicKey };
  const registered = await as.call(register, input, aliasKey(alias, keys));
  if (registered.ok) return publishUnderAlias(session, alias, oneTime);
  if (UNDECIDED.includes(registered.refusal.code)) return registered;
  await forgetAlias(work, alias);
  await session.save();
  return registered;
}
