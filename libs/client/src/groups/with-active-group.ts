import { done, type ErrorCode, type Outcome, refuse } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { receiveQueue } from '../messages/receive-queue.js';
import type { Pause } from '../services/service.js';
import { settleCommit } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';
import { updateOwnLeaf } from './update-own-leaf.js';

/** How often an operation is made anew because another commit was first. */
const ATTEMPTS = 10;
const WAIT_MS = 50;

/** What the DS answers to a leaf whose group has moved on: another epoch, or no such leaf any more. */
const MOVED_ON: readonly ErrorCode[] = ['WRONG_EPOCH', 'SIGNATURE_INVALID', 'NOT_FOUND'];

/** An operation on a group in its current epoch. */
export type GroupOperation<T> = (live: LiveGroup) => Promise<Outcome<T>>;

/**
 * Runs an operation on a group that we are in. What is pending is settled first, and who joined through a last-resort package
 * replaces its leaf before anything else (docs/protocol §3). When the group has moved on the queue is read and the operation made
 * anew. Refuses with NOT_FOUND or FORBIDDEN for a group that we are not in, or no longer.
 */
export async function withActiveGroup<T>(
  session: Session,
  account: Account,
  { name, pause }: { readonly name: string; readonly pause: Pause },
  operation: GroupOperation<T>,
): Promise<Outcome<T>> {
  const directories = await session.context.directories.current();
  if (!directories.ok) return directories;
  for (let attempt = 1; ; attempt++) {
    const live = await session.group(name);
    if (live === undefined) return refuse('NOT_FOUND', { rule: 'client.group.known' });
    if (live.record.status !== 'active') return refuse('FORBIDDEN', { rule: 'client.group.active' });
    const { epoch } = live.mls;
    const outcome = await prepared(session, account, live, operation);
    if (outcome.ok || attempt === ATTEMPTS || !MOVED_ON.includes(outcome.refusal.code)) return outcome;
    const received = await receiveQueue(session, account);
    if (!received.ok) return received;
    const hasMoved = live.mls.epoch !== epoch || !isActive(live);
    if (!hasMoved && outcome.refusal.code !== 'WRONG_EPOCH') return outcome;
    // The winner's commit is on its way to our queue.
    if (!hasMoved) await pause(WAIT_MS * attempt);
  }
}

async function prepared<T>(
  session: Session,
  account: Account,
  live: LiveGroup,
  operation: GroupOperation<T>,
): Promise<Outcome<T>> {
  const settled = await settleCommit(session, live);
  if (!settled.ok) return settled;
  const rotated =
    live.record.rotateFirst === 1
      ? await updateOwnLeaf(session, live, account, { newPseudonym: true })
      : done([]);
  return rotated.ok ? operation(live) : rotated;
}

function isActive({ record }: LiveGroup): boolean {
  return record.status === 'active';
}
