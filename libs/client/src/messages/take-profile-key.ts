import { encode, equal, formatUserId, clientId as clientIdCodec } from '@phoenix/wire';
import { CONTACT } from '../contacts/contact.js';
import type { MemberRecord } from '../groups/group-record.js';
import { withProfileKey } from '../groups/profile-keys.js';
import type { LiveGroup, Session } from '../groups/session.js';
import type { ClientEvent } from './client-event.js';

const KEY_BYTES = 32;

/**
 * A member says that its profile key is another one: we keep it beside the last, and wrap it from now on for groups to which we add
 * that user. The body of such a message is the key (docs/protocol §3, §5).
 */
export async function takeProfileKey(
  session: Session,
  live: LiveGroup,
  { clientId }: MemberRecord,
  key: Uint8Array,
): Promise<ClientEvent[]> {
  const group = live.name;
  if (key.length !== KEY_BYTES) return [{ kind: 'unreadable', group, reason: 'content' }];
  const sender = encode(clientIdCodec, clientId);
  const members = live.record.members.map((member) =>
    equal(encode(clientIdCodec, member.clientId), sender)
      ? { ...member, profileKeys: withProfileKey(member.profileKeys, key) }
      : member,
  );
  session.touch(live, { members });
  const user = formatUserId(clientId.user);
  const contact = await session.work.get(CONTACT, user);
  if (contact !== undefined)
    session.work.put(CONTACT, { ...contact, keys: { ...contact.keys, profileKey: key } }, user);
  return [{ kind: 'profile', group, user }];
}
