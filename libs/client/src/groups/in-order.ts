import { done, type Outcome, refuse } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { Pause } from '../services/service.js';
import { isUnderFormerKey } from './hand-over.js';
import { commitPending, isOnTheWayOut } from './pending-removals.js';
import { isAstray } from './presence.js';
import { resyncGroup } from './resync-group.js';
import type { LiveGroup, Session } from './session.js';
import { settle } from './settle.js';
import { updateOwnLeaf } from './update-own-leaf.js';

/** An operation on a group in its current epoch. */
export type GroupOperation = (live: LiveGroup) => Promise<Outcome<unknown>>;

export interface InOrderOptions {
  readonly pause: Pause;
  /** `before` unless said. */
  readonly proposals?: ProposalsTurn;
}

/**
 * When what was proposed is committed: in a commit of its own `before` the operation; `with` it, in the operation's commit; or by others,
 * by whom we also let ourselves be removed (`unheeded`): we are about to leave, or only settle.
 */
export type ProposalsTurn = 'before' | 'with' | 'unheeded';

/**
 * Puts a group in order, then runs an operation on it. What is pending is settled; who is out of sync, or was proposed to be removed
 * and is not, comes back by a resync; who joined through a last-resort package replaces its leaf before anything else, and so does whose
 * leaf is under a former key (docs/protocol §3);
 * what was proposed is committed, since nobody sends anything before (RFC 9420 §12.4). Refuses with FORBIDDEN where we are not in the group.
 */
export async function inOrder(
  session: Session,
  account: Account,
  live: LiveGroup,
  { pause, proposals = 'before' }: InOrderOptions,
  operation: GroupOperation,
): Promise<Outcome<unknown>> {
  const settled = await settle(session, live);
  if (!settled.ok) return settled;
  const isProposed = proposals !== 'unheeded' && live.record.status === 'active' && isOnTheWayOut(live);
  if (isProposed || isAstray(live)) {
    const back = await resyncGroup(session, account, live, { pause, always: isProposed });
    if (!back.ok) return back;
  }
  if (live.record.status !== 'active') return refuse('FORBIDDEN', { rule: 'client.group.active' });
  const tidied = await tidy(session, account, live, proposals);
  return tidied.ok ? operation(live) : tidied;
}

async function tidy(
  session: Session,
  account: Account,
  live: LiveGroup,
  proposals: ProposalsTurn,
): Promise<Outcome<void>> {
  if (proposals === 'unheeded') return done();
  const isOld = live.record.rotateFirst !== 0 || isUnderFormerKey(live.record, account);
  if (isOld) return updateOwnLeaf(session, live, account, { newPseudonym: true });
  const isDue = proposals === 'before' && live.mls.pendingProposals().length > 0;
  return isDue ? commitPending(session, live) : done();
}
