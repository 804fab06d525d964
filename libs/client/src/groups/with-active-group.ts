import { done, type Outcome, refuse } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { receiveQueue } from '../messages/receive-queue.js';
import type { Pause } from '../services/service.js';
import type { PendingCommit } from './group-record.js';
import { dropCommit, MOVED_ON, settleCommit } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';
import { updateOwnLeaf } from './update-own-leaf.js';

/** How often an operation is made anew because another commit was first. */
const ATTEMPTS = 10;
const WAIT_MS = 50;

/** An operation on a group in its current epoch. */
export type GroupOperation = (live: LiveGroup) => Promise<Outcome<unknown>>;

/**
 * Runs an operation on a group that we are in. What is pending is settled first, and who joined through a last-resort package
 * replaces its leaf before anything else (docs/protocol §3). When the group has moved on the queue is read, and the operation made
 * anew unless the queue says that its commit was taken. Refuses with NOT_FOUND or FORBIDDEN for a group that we are not in, or no
 * longer.
 */
export async function withActiveGroup(
  session: Session,
  account: Account,
  { name, pause }: { readonly name: string; readonly pause: Pause },
  operation: GroupOperation,
): Promise<Outcome<void>> {
  const directories = await session.context.directories.current();
  if (!directories.ok) return directories;
  for (let attempt = 1; ; attempt++) {
    const live = await session.group(name);
    if (live === undefined) return refuse('NOT_FOUND', { rule: 'client.group.known' });
    if (live.record.status !== 'active') return refuse('FORBIDDEN', { rule: 'client.group.active' });
    const { epoch } = live.mls;
    const { outcome, proposed } = await run(session, account, live, operation);
    if (outcome.ok) return done();
    if (attempt === ATTEMPTS || !MOVED_ON.includes(outcome.refusal.code)) return outcome;
    const received = await receiveQueue(session, account);
    if (!received.ok) return received;
    if (proposed !== undefined && live.merged === proposed) return done();
    if (live.mls.epoch !== epoch || !isActive(live)) continue;
    if (outcome.refusal.code !== 'WRONG_EPOCH') {
      await dropCommit(session, live);
      return outcome;
    }
    // The winner's commit is on its way to our queue.
    await pause(WAIT_MS * attempt);
  }
}

/** The operation's outcome, and the commit that it has proposed without learning what became of it. */
async function run(session: Session, account: Account, live: LiveGroup, operation: GroupOperation) {
  let proposed: PendingCommit | undefined;
  const outcome = await prepared(session, account, live, async () => {
    const made = await operation(live);
    proposed = live.record.pending;
    return made;
  });
  return { outcome, proposed };
}

async function prepared(
  session: Session,
  account: Account,
  live: LiveGroup,
  operation: GroupOperation,
): Promise<Outcome<unknown>> {
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
