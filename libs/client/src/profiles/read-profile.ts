import { done, equal, formatUserId, formatUuid, type Outcome, parseUserId, refuse } from '@phoenix/wire';
import { CONTACT } from '../contacts/contact.js';
import { GROUP } from '../groups/group-record.js';
import type { Session } from '../groups/session.js';
import { userProfile } from '../services/as-operations.js';
import { openProfile, profileKeyId } from './profile-cipher.js';

/**
 * What a user has published of itself, under the newest key of its that a group or its card has given us. Refuses with
 * NOT_FOUND where there is none for us.
 */
export async function readProfile(session: Session, name: string): Promise<Outcome<Uint8Array>> {
  const { crypto, as, domain } = session.context;
  const user = parseUserId(name);
  if (user?.domain !== domain) return refuse('NOT_FOUND');
  for (const key of await knownKeys(session, name)) {
    const input = { userId: formatUuid(user.uuid), keyId: profileKeyId(crypto, key, user) };
    const answer = await as.call(userProfile, input);
    const content = answer.ok ? openProfile(crypto, key, user, answer.value) : undefined;
    if (content !== undefined) return done(content);
    if (!answer.ok && answer.refusal.code !== 'NOT_FOUND') return answer;
  }
  return refuse('NOT_FOUND');
}

/** The profile keys that we have of a user: the newest of each group first, then those before, then its card's. */
async function knownKeys({ work }: Session, name: string): Promise<Uint8Array[]> {
  const lists: (readonly Uint8Array[])[] = [];
  for (const group of await work.names(GROUP)) {
    const members = (await work.get(GROUP, group))?.members ?? [];
    for (const { clientId, profileKeys } of members)
      if (formatUserId(clientId.user) === name) lists.push(profileKeys);
  }
  const contact = await work.get(CONTACT, name);
  const ordered = [0, 1].flatMap((at) => lists.flatMap((keys) => keys[at] ?? []));
  const all = contact === undefined ? ordered : [...ordered, contact.keys.profileKey];
  return all.filter((key, i) => all.findIndex((other) => equal(other, key)) === i);
}
