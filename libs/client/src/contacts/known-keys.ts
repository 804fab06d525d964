import { type ClientId, equal, formatUserId, parseClientId } from '@phoenix/wire';
import { CONNECTION } from '../connecting/connection-record.js';
import { keysFrom } from '../credentials/key-succession.js';
import { type Successions, successionsOf } from '../credentials/succession-record.js';
import type { Session } from '../groups/session.js';
import { nameOfMlsGroup } from '../groups/group-name.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { CONTACT } from './contact.js';

/**
 * Credential keys of contacts that we have met, by user id written out: the one that each is known by, and those that it has handed over
 * to since, the newest last.
 */
export type KnownKeys = ReadonlyMap<string, readonly Uint8Array[]>;

/** In a group that we connect in (an MLS group_id) the other's key is known from its package or offer as well. */
export async function knownKeys(
  { context: { crypto }, work }: Pick<Session, 'context' | 'work'>,
  groupId?: Uint8Array,
): Promise<KnownKeys> {
  const met = new Map<string, Uint8Array>();
  const group = groupId && nameOfMlsGroup(groupId);
  const connection = group === undefined ? undefined : await work.get(CONNECTION, group);
  if (connection?.peer !== undefined && connection.credentialKey !== undefined)
    met.set(formatUserId(connection.peer), connection.credentialKey);
  for (const name of await work.names(CONTACT)) {
    const key = (await work.get(CONTACT, name))?.credentialKey;
    if (key !== undefined) met.set(name, key);
  }
  const known = new Map([...met].map(([user, key]): [string, Uint8Array[]] => [user, [key]]));
  const successions: Successions = await successionsOf(work);
  for (const [name, steps] of successions) {
    const clientId = parseClientId(name);
    const publicKey = clientId && met.get(formatUserId(clientId.user));
    if (clientId !== undefined && publicKey !== undefined)
      known.set(formatUserId(clientId.user), keysFrom(crypto, { clientId, publicKey }, steps));
  }
  return known;
}

/** False for a contact that turns up under another credential key than the ones it is known by. */
export function agreesWith(known: KnownKeys, { user }: ClientId, credentialKey: Uint8Array): boolean {
  const keys = known.get(formatUserId(user));
  return keys === undefined || keys.some((key) => equal(key, credentialKey));
}

/** Remembers the credential key of a contact that was met for the first time. */
export async function remember(
  work: UnitOfWork,
  { user }: ClientId,
  credentialKey: Uint8Array,
): Promise<void> {
  const name = formatUserId(user);
  const contact = await work.get(CONTACT, name);
  if (contact !== undefined && contact.credentialKey === undefined)
    work.put(CONTACT, { ...contact, credentialKey }, name);
}
