import {
  type ConnectionOffer,
  decode,
  equal,
  formatUserId,
  sealedConnectionOffer,
  tryDecode,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { type KnownKeys, knownKeys } from '../contacts/known-keys.js';
import type { AsDirectories } from '../credentials/as-directory.js';
import { hex } from '../credentials/fingerprint.js';
import { formatGroupName } from '../groups/group-name.js';
import type { Session } from '../groups/session.js';
import type { ClientEvent } from '../messages/client-event.js';
import { CONNECTION } from './connection-record.js';
import { DIRECT } from './offer-queue.js';
import { CONNECTION_PACKAGE } from './own-connection-package.js';
import { OFFER } from './received-offer.js';
import { claimedSender, openOffer, verifyOffer } from './verify-offer.js';

/** Where an offer lay, and what it is judged by. */
export interface OfferPlace {
  readonly queue: string;
  readonly account: Account;
  readonly directories: AsDirectories;
}

/**
 * What an entry of a queue of offers comes to. One that no package of that queue opens is dropped unseen: it may be another's, old, or
 * nobody's. One that opens has used its package, and is kept for its user, or refused with the rule that it breaks.
 */
export async function takeOffer(
  session: Session,
  place: OfferPlace,
  payload: Uint8Array,
): Promise<ClientEvent[]> {
  const { context, work } = session;
  const { crypto, clock } = context;
  const outer = tryDecode(() => decode(sealedConnectionOffer, payload));
  const name = outer && hex(outer.packageHash);
  const own = name === undefined ? undefined : await work.get(CONNECTION_PACKAGE, name);
  if (outer === undefined || own?.queue !== place.queue) return [];
  const padded = openOffer(crypto, outer, own.privateKey);
  if (padded === undefined) return [];
  if (own.lastResort === 0) work.delete(CONNECTION_PACKAGE, name);
  const known = await keysOfPeople(session);
  const verified = verifyOffer(crypto, padded, outer.packageHash, {
    directories: place.directories,
    presence: 'entering',
    nowMs: clock.now(),
    self: place.account.credential.payload.clientId.user,
    knownKeys: known,
  });
  if (verified.ok) return keepOffer(session, verified.value, place.queue);
  const { rule, code } = verified.refusal;
  return [{ kind: 'offer-refused', user: claimedSender(padded), rule: rule ?? code }];
}

/** Contacts' keys, and those of offers that wait: who offers again does so under the same key. */
async function keysOfPeople(session: Session): Promise<KnownKeys> {
  const { work } = session;
  const known = new Map(await knownKeys(session));
  for (const user of await work.names(OFFER)) {
    const key = (await work.get(OFFER, user))?.credentialKey;
    if (key !== undefined && !known.has(user)) known.set(user, [key]);
  }
  return known;
}

async function keepOffer(session: Session, offer: ConnectionOffer, queue: string): Promise<ClientEvent[]> {
  const { work, context } = session;
  const { clientId: from, publicKey: credentialKey } = offer.credential.payload;
  const user = formatUserId(from.user);
  const group = formatGroupName(offer.groupId);
  const isKnown = (await session.group(group)) !== undefined || (await work.get(CONNECTION, group));
  if (isKnown || offer.groupId.domain !== context.domain)
    return [{ kind: 'offer-refused', user, rule: 'client.offer.group' }];
  const before = await work.get(OFFER, user);
  work.put(
    OFFER,
    { group: { groupId: offer.groupId, keys: offer.groupKeys, from }, credentialKey, queue },
    user,
  );
  const isSame = before !== undefined && equal(before.group.groupId.uuid, offer.groupId.uuid);
  return isSame ? [] : [{ kind: 'connection-offered', user, alias: queue === DIRECT ? '' : queue }];
}
