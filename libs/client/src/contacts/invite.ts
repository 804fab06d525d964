import {
  clientId,
  done,
  encode,
  equal,
  formatUserId,
  type Outcome,
  parseUserId,
  refuse,
} from '@phoenix/wire';
import type { Judgement } from '../credentials/verify-client-credential.js';
import type { Session } from '../groups/session.js';
import { takeAddPackages } from '../services/qs-operations.js';
import { CONTACT, type Contact } from './contact.js';
import { type KnownKeys, knownKeys } from './known-keys.js';
import { invalidPackage, type Invitee, verifyAddPackage } from './verify-add-package.js';

/**
 * Takes an add package for each client of the users, all of them contacts, and verifies it before any use. Refuses with
 * NOT_FOUND for someone who is no contact or has no packages, and with what the first bad package broke.
 */
export async function invite(session: Session, users: readonly string[]): Promise<Outcome<Invitee[]>> {
  const { context } = session;
  const directories = await context.directories.current();
  if (!directories.ok) return directories;
  const judgement = {
    directories: directories.value,
    presence: 'entering',
    nowMs: context.clock.now(),
    knownKeys: await knownKeys(session),
  } as const;
  const invitees: Invitee[] = [];
  for (const user of users) {
    const id = parseUserId(user);
    const contact = id && (await session.work.get(CONTACT, formatUserId(id)));
    if (contact === undefined) return refuse('NOT_FOUND', { rule: 'client.contact.known' });
    const taken = await inviteContact(session, contact, judgement);
    if (!taken.ok) return taken;
    invitees.push(...taken.value);
  }
  return done(invitees);
}

async function inviteContact(
  { context }: Session,
  contact: Contact,
  judgement: Judgement & { readonly knownKeys: KnownKeys },
): Promise<Outcome<Invitee[]>> {
  const { friendshipToken } = contact.keys;
  const taken = await context.qs.call(takeAddPackages, { friendshipToken });
  if (!taken.ok) return taken;
  if (taken.value.length === 0) return refuse('NOT_FOUND', { rule: 'client.contact.packages' });
  const invitees: Invitee[] = [];
  for (const fetched of taken.value) {
    const verified = verifyAddPackage(context.crypto, contact, fetched, judgement);
    if (!verified.ok) return verified;
    if (invitees.some((other) => isSameClient(other, verified.value))) return invalidPackage('client');
    invitees.push(verified.value);
  }
  return done(invitees);
}

/** A QS that gives out two packages of one client would have us add it twice. */
function isSameClient(a: Invitee, b: Invitee): boolean {
  const [one, other] = [a, b].map(({ leaf }) => encode(clientId, leaf.credential.payload.clientId));
  return equal(one!, other!);
}
