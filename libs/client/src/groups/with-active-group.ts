import { done, type Outcome, type Refusal, refuse } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { receiveQueue } from '../messages/receive-queue.js';
import type { PendingRequest } from './group-record.js';
import { type GroupOperation, inOrder, type InOrderOptions } from './in-order.js';
import { resyncGroup } from './resync-group.js';
import type { LiveGroup, Session } from './session.js';
import { dropPending, MOVED_ON } from './settle.js';
import { takeProposals } from './take-proposals.js';

/** How often an operation is made anew because others were first, and how often while nothing seems to happen. */
const ATTEMPTS = 60;
const FRUITLESS_ATTEMPTS = 10;
/** How often an operation comes back from outside: each time is a commit for everyone, whatever the DS says that it wants. */
const RETURNS = 2;
const WAIT_MS = 50;

export interface InGroupOptions extends InOrderOptions {
  readonly name: string;
}

/**
 * Runs an operation on a group that we are in, once it is in order. When the group has moved on the queue is read, and the operation
 * made anew unless the queue says that its commit was taken; proposals that it would have left out are committed first. Where the
 * queue does not tell what the DS means, the DS is asked whether we are in sync. Refuses with NOT_FOUND or FORBIDDEN for a group that
 * we are not in, or no longer.
 */
export async function withActiveGroup(
  session: Session,
  account: Account,
  options: InGroupOptions,
  operation: GroupOperation,
): Promise<Outcome<void>> {
  const directories = await session.context.directories.current();
  if (!directories.ok) return directories;
  const live = await session.group(options.name);
  if (live === undefined) return refuse('NOT_FOUND', { rule: 'client.group.known' });
  for (let attempt = 1, fruitless = 0, returns = 0; ; attempt++) {
    const { mls } = live;
    const { epoch } = mls;
    const { outcome, proposed } = await run(session, account, live, { options, operation });
    if (outcome.ok) return done();
    if (attempt === ATTEMPTS || !isPassing(outcome.refusal)) return outcome;
    const taken = await takeProposals(session, live, outcome.refusal.proposals ?? []);
    const received = await receiveQueue(session, account);
    if (!received.ok) return received;
    if (proposed !== undefined && live.merged === proposed) return done();
    if (live.mls.epoch !== epoch || !isActive(live) || taken === 'stored') {
      fruitless = 0;
    } else if (outcome.refusal.code === 'WRONG_EPOCH' && ++fruitless < FRUITLESS_ATTEMPTS) {
      // The winner's commit is on its way to our queue.
      await options.pause(WAIT_MS * fruitless);
    } else {
      await dropPending(session, live);
      if (++returns > RETURNS) return outcome;
      const back = await resyncGroup(session, account, live, { ...options, always: taken === 'refused' });
      if (live.mls === mls && isActive(live)) return back.ok ? outcome : back;
    }
  }
}

function isActive({ record }: LiveGroup): boolean {
  return record.status === 'active';
}

function isPassing({ code }: Refusal): boolean {
  return MOVED_ON.includes(code) || code === 'PROPOSALS_PENDING';
}

/** The operation's outcome, and the commit that it has proposed without learning what became of it. */
async function run(
  session: Session,
  account: Account,
  live: LiveGroup,
  { options, operation }: { readonly options: InOrderOptions; readonly operation: GroupOperation },
) {
  let proposed: PendingRequest | undefined;
  const outcome = await inOrder(session, account, live, options, async () => {
    const made = await operation(live);
    proposed = live.record.pending;
    return made;
  });
  return { outcome, proposed };
}
