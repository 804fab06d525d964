import { decode, done, formatUserId, type Outcome, refuse, tryDecode } from '@phoenix/wire';
import { invalidCredential } from '../credentials/credential-rule.js';
import { hex } from '../credentials/fingerprint.js';
import type { Session } from '../groups/session.js';
import { CONTACT } from './contact.js';
import { contactCard } from './contact-card.js';

/**
 * Takes a friend's card: a contact from then on, by its user id written out. Refuses with BAD_REQUEST what is no card, and with
 * INVALID_CREDENTIAL a card whose root our view of that domain's AS does not have: someone is being shown another one.
 */
export async function acceptCard(session: Session, card: Uint8Array): Promise<Outcome<string>> {
  const read = tryDecode(() => decode(contactCard, card));
  if (read === undefined) return refuse('BAD_REQUEST', { rule: 'client.contact.card' });
  const directories = await session.context.directories.current();
  if (!directories.ok) return directories;
  const directory = directories.value.get(read.userId.domain);
  if (directory === undefined) return invalidCredential('client.credential.domain');
  if (!directory.roots.has(hex(read.root))) return invalidCredential('client.contact.root');
  const name = formatUserId(read.userId);
  const known = await session.work.get(CONTACT, name);
  session.work.put(CONTACT, { ...read, credentialKey: known?.credentialKey, group: known?.group }, name);
  await session.save();
  return done(name);
}
