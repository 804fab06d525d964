import { done, formatUuid, type Outcome } from '@phoenix/wire';
import * as ds from '../services/ds-operations.js';
import { leafKey } from './leaf-key.js';
import type { LiveGroup, Session } from './session.js';

/**
 * Fetches what says to the DS that we were in the group, while we can still sign as a member: once for a group, for its members never
 * change it (docs/protocol §7).
 */
export async function fetchTicket(session: Session, live: LiveGroup): Promise<Outcome<void>> {
  if (live.record.ticket !== undefined) return done();
  const { id, keys } = live.record;
  const input = { groupId: formatUuid(id.uuid), earKey: keys.earKey };
  const ticket = await session.context.ds.call(ds.membershipTicket, input, leafKey(live));
  if (!ticket.ok) return ticket;
  session.touch(live, { ticket: ticket.value });
  await session.save();
  return done();
}

/**
 * What a NOT_FOUND of the DS means: to us all its operations say so of a group that is gone, of one that is there under another key, and of
 * one that we are not in any more.
 * - `gone`: there is no group;
 * - `unreadable`: there is one that does not open by our key, or is damaged;
 * - `out`: it is there and well, so that our leaf is what is not found; or we have no ticket to ask by.
 */
export type Absence = 'gone' | 'unreadable' | 'out';

/** Asks the DS which it is; refuses while there is no answer. */
export async function absenceFrom(session: Session, { record }: LiveGroup): Promise<Outcome<Absence>> {
  const { id, keys, ticket } = record;
  if (ticket === undefined) return done('out');
  const input = { groupId: formatUuid(id.uuid), earKey: keys.earKey, membershipTicket: ticket };
  const presence = await session.context.ds.call(ds.groupPresence, input);
  if (presence.ok) return done('out');
  switch (presence.refusal.code) {
    case 'NOT_FOUND':
      return done('gone');
    case 'EAR_KEY_INVALID':
    case 'DAMAGED':
      return done('unreadable');
    default:
      return presence;
  }
}
