import { done, type Outcome, refuse } from '@phoenix/wire';
import { selfRemoveUser } from '../services/ds-operations.js';
import { isAmong } from './group-policy.js';
import { adminsWithout } from './pending-removals.js';
import { sendRequest } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

const NOTHING = new Uint8Array();

/**
 * Proposes our own removal, which somebody else has to commit: nobody commits that it is gone (RFC 9420 §12.4). Refuses with FORBIDDEN
 * for the last admin, who makes somebody else one or deletes the group.
 */
export async function leaveGroup(session: Session, live: LiveGroup): Promise<Outcome<void>> {
  if (isLastAdmin(live)) return refuse('FORBIDDEN', { rule: 'client.policy.last-admin' });
  const proposal = await live.mls.proposeSelfRemove(NOTHING);
  session.touch(live);
  return sendRequest(session, live, selfRemoveUser, { proposal });
}

/** Whether no admin would be left without us; who was proposed to be removed does not count (docs/protocol §7). */
export function isLastAdmin(live: LiveGroup): boolean {
  const { leaf, members } = live.record;
  const admins = adminsWithout(live);
  if (!isAmong(admins, leaf.pseudonym)) return false;
  const others = members.filter(({ leftIn, leaf: at }) => leftIn === undefined && at !== live.mls.ownLeaf);
  return !others.some(({ pseudonym }) => isAmong(admins, pseudonym));
}

/** Proposes our removal again where a commit from outside has dropped the proposal and the DS has not made it its own. */
export async function leaveOn(session: Session, live: LiveGroup): Promise<Outcome<void>> {
  const isProposed = live.mls.pendingProposals().some(({ removes }) => removes === live.mls.ownLeaf);
  return isProposed ? done() : leaveGroup(session, live);
}
