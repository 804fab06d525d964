import { decode, encode, equal, formatUserId, friendshipKeys, tryDecode, userId } from '@phoenix/wire';
import { CONTACT } from '../contacts/contact.js';
import type { MemberRecord } from '../groups/group-record.js';
import type { LiveGroup, Session } from '../groups/session.js';
import type { ClientEvent } from '../messages/client-event.js';
import { CONNECTION } from './connection-record.js';
import { greetAgain } from './greet-again.js';
import { othersOf } from './others.js';

/**
 * The other of a connection group gives us its friendship keys: the first time it becomes a contact by that, under the credential key that
 * its leaf was verified with; later ones replace those before (docs/protocol §3). In any other group, or with a third in it, they are
 * nobody's to give.
 */
export async function takeFriendshipKeys(
  session: Session,
  live: LiveGroup,
  sender: MemberRecord,
  body: Uint8Array,
): Promise<ClientEvent[]> {
  const { work } = session;
  const group = live.name;
  const connection = await work.get(CONNECTION, group);
  const keys = tryDecode(() => decode(friendshipKeys, body));
  const [other, third] = othersOf(live);
  if (
    connection === undefined ||
    keys === undefined ||
    other === undefined ||
    third ||
    !isSameUser(other, sender)
  )
    return [{ kind: 'unreadable', group, reason: 'content' }];
  const user = formatUserId(sender.clientId.user);
  const known = await work.get(CONTACT, user);
  // Who is known is followed by its successions, not by what it says first in a group.
  const credentialKey = known?.credentialKey ?? sender.credentialKey;
  work.put(CONTACT, { userId: sender.clientId.user, keys, credentialKey, group }, user);
  const isRepeated = known?.group === group && equal(encode(friendshipKeys, known.keys), body);
  if (isRepeated) await greetAgain(work, group);
  return known?.group === group ? [] : [{ kind: 'connected', user, group }];
}

function isSameUser(one: MemberRecord, other: MemberRecord): boolean {
  return equal(encode(userId, one.clientId.user), encode(userId, other.clientId.user));
}
