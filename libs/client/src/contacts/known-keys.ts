import { type ClientId, equal, formatUserId } from '@phoenix/wire';
import { CONNECTION } from '../connecting/connection-record.js';
import { nameOfMlsGroup } from '../groups/group-name.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { CONTACT } from './contact.js';

/** Credential keys of contacts that we have met, by user id written out. */
export type KnownKeys = ReadonlyMap<string, Uint8Array>;

/** In a group that we connect in (an MLS group_id) the other's key is known from its package or offer as well. */
export async function knownKeys(work: UnitOfWork, groupId?: Uint8Array): Promise<KnownKeys> {
  const known = new Map<string, Uint8Array>();
  const group = groupId && nameOfMlsGroup(groupId);
  const connection = group === undefined ? undefined : await work.get(CONNECTION, group);
  if (connection?.peer !== undefined && connection.credentialKey !== undefined)
    known.set(formatUserId(connection.peer), connection.credentialKey);
  for (const name of await work.names(CONTACT)) {
    const key = (await work.get(CONTACT, name))?.credentialKey;
    if (key !== undefined) known.set(name, key);
  }
  return known;
}

/** False for a contact that turns up under another credential key than the one it is known by. */
export function agreesWith(known: KnownKeys, { user }: ClientId, credentialKey: Uint8Array): boolean {
  const key = known.get(formatUserId(user));
  return key === undefined || equal(key, credentialKey);
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
