import { type ErrorCode, type Outcome, parseUserId, refuse } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { joinByOffer } from '../groups/connection-group.js';
import { ENTRANCE } from '../groups/entrance.js';
import { formatGroupName } from '../groups/group-name.js';
import type { Session } from '../groups/session.js';
import { CONNECTION } from './connection-record.js';
import { OFFER } from './received-offer.js';

/** The group may be joined later. */
const PASSING: readonly ErrorCode[] = ['UNAVAILABLE', 'INTERNAL'];

/**
 * Takes up the offer of a user: joins its group, whose one member has to be that user under the key that signed the offer. The
 * connection, the commit that joins and the end of the offer are saved in one batch before anything is sent. Refuses with NOT_FOUND
 * where there is no offer; one that leads nowhere is forgotten. The group's name.
 */
export async function acceptOffer(
  session: Session,
  account: Account,
  user: string,
): Promise<Outcome<string>> {
  const { work } = session;
  const offer = await work.get(OFFER, user);
  const peer = parseUserId(user);
  if (offer === undefined || peer === undefined) return refuse('NOT_FOUND', { rule: 'client.offer.known' });
  const name = formatGroupName(offer.group.groupId);
  const { credentialKey } = offer;
  const kept = { target: '', peer, credentialKey, request: undefined, met: 0, greeted: 0, ending: 0 };
  work.put(CONNECTION, { role: 'responder', ...kept }, name);
  work.delete(OFFER, user);
  const joined = await joinByOffer(session, account, offer.group);
  // Not saved before a commit was made that holds: until then the offer is still there.
  const isEntering = (await work.get(ENTRANCE, name)) !== undefined;
  if (!joined.ok && !isEntering && !PASSING.includes(joined.refusal.code)) await forget(session, user, name);
  return joined;
}

async function forget({ work }: Session, user: string, group: string): Promise<void> {
  work.discard();
  work.delete(OFFER, user);
  work.delete(CONNECTION, group);
  await work.save();
}
