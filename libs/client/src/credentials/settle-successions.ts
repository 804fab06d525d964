import { equal, formatClientId, formatUserId, parseClientId } from '@phoenix/wire';
import { CONTACT } from '../contacts/contact.js';
import { GROUP, type MemberRecord } from '../groups/group-record.js';
import { isPresent } from '../groups/presence.js';
import type { Session } from '../groups/session.js';
import { keysFrom } from './key-succession.js';
import { SUCCESSION } from './succession-record.js';

/**
 * Forgets the former keys of those of whom no leaf is left under one: from then on they are known by their newest key alone, and what
 * comes under a former one is refused (docs/protocol §3).
 */
export async function settleSuccessions(session: Session): Promise<void> {
  const { work } = session;
  const names = await work.names(SUCCESSION);
  if (names.length === 0) return;
  const present = await presentMembers(session);
  for (const name of names) {
    const leaves = present.filter(({ clientId }) => formatClientId(clientId) === name);
    await settle(session, name, leaves);
  }
  await session.save();
}

async function settle(session: Session, name: string, leaves: readonly MemberRecord[]): Promise<void> {
  const { work, context } = session;
  const clientId = parseClientId(name);
  const kept = await work.get(SUCCESSION, name);
  if (clientId === undefined || kept === undefined) return;
  const user = formatUserId(clientId.user);
  const contact = await work.get(CONTACT, user);
  const start = contact?.credentialKey ?? leaves[0]?.credentialKey;
  const newest = start && keysFrom(context.crypto, { clientId, publicKey: start }, kept.steps).at(-1)!;
  if (newest !== undefined && !leaves.every(({ credentialKey }) => equal(credentialKey, newest))) return;
  if (contact !== undefined && newest !== undefined)
    work.put(CONTACT, { ...contact, credentialKey: newest }, user);
  work.delete(SUCCESSION, name);
}

async function presentMembers({ work }: Session): Promise<MemberRecord[]> {
  const members: MemberRecord[] = [];
  for (const name of await work.names(GROUP)) {
    const record = await work.get(GROUP, name);
    if (record === undefined || !isPresent({ record })) continue;
    members.push(...record.members.filter(({ leftIn }) => leftIn === undefined));
  }
  return members;
}
