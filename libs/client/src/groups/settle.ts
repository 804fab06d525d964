import { done, type ErrorCode, type Outcome } from '@phoenix/wire';
import type { ClientEvent } from '../messages/client-event.js';
import * as ds from '../services/ds-operations.js';
import type { Operation } from '../services/operation.js';
import type { GroupRecord } from './group-record.js';
import { leafKey } from './leaf-key.js';
import { afterAnother, pendingField } from './pending-request.js';
import type { LiveGroup, Session } from './session.js';
import { endGroup, takeCommit } from './take-commit.js';

/** What the DS answers to a leaf whose group has moved on: another epoch, or no such leaf any more. */
export const MOVED_ON: readonly ErrorCode[] = ['WRONG_EPOCH', 'SIGNATURE_INVALID', 'NOT_FOUND'];

const NO_ANSWER: readonly ErrorCode[] = ['UNAVAILABLE', 'INTERNAL'];

/** How requests of one operation come to their end. */
interface Settlement {
  readonly operation: Operation<void>;
  /** Refusals that do not tell what became of it. */
  readonly untold: readonly ErrorCode[];
  /** The refusal that says that it was done before. */
  readonly doneBefore?: ErrorCode;
  /** What it has changed here once the DS has taken it. */
  readonly take: (session: Session, live: LiveGroup) => Promise<Outcome<ClientEvent[]>> | ClientEvent[];
}

/**
 * After a refusal for an epoch that is over, or a leaf that is gone, a commit may still be the group's: the DS knows a winner's retry
 * until the next commit only, and that one may be on top of ours. The queue tells.
 */
const asCommit = (operation: Operation<void>): Settlement => ({
  operation,
  untold: [...NO_ANSWER, ...MOVED_ON],
  take: (session, live) =>
    takeCommit(session, live, () => live.mls.mergePendingCommit(), {
      acceptedAt: session.context.clock.now(),
    }),
});

const asIs = (operation: Operation<void>): Settlement => ({
  operation,
  untold: NO_ANSWER,
  take: (session, live) => {
    session.touch(live, { pending: undefined });
    return [];
  },
});

const SETTLEMENTS: ReadonlyMap<string, Settlement> = new Map(
  [
    ...[ds.addUsers, ds.removeUsers, ds.updateClient, ds.updateGroupContext].map(asCommit),
    ...[ds.updateQueueConfig, ds.updateProfileKey].map(asIs),
    {
      operation: ds.selfRemoveUser,
      untold: NO_ANSWER,
      take: (session: Session, live: LiveGroup) => {
        session.touch(live, { pending: undefined, status: 'leaving', leaving: 1 });
        return [];
      },
    },
    {
      operation: ds.deleteGroup,
      untold: [...NO_ANSWER, 'WRONG_EPOCH' as const, 'SIGNATURE_INVALID' as const],
      doneBefore: 'NOT_FOUND' as const,
      take: (session: Session, live: LiveGroup) => endGroup(session, live, 'deleted'),
    },
  ].map((settlement: Settlement) => [settlement.operation.field, settlement]),
);

/** Whether what waits for the DS's answer is the deletion of the group. */
export function isDeleting({ record }: LiveGroup): boolean {
  return pendingField(record) === ds.deleteGroup.field;
}

/**
 * Brings the request that is pending to its end: sends it again, byte for byte, and takes or drops it by the answer. Where the
 * answer does not tell it stays pending. `isNew` is a request whose caller makes it anew when another commit was first.
 */
export async function settle(session: Session, live: LiveGroup, isNew = false): Promise<Outcome<void>> {
  const { pending } = live.record;
  if (pending === undefined) return done();
  const settlement = SETTLEMENTS.get(pendingField(live.record) ?? '');
  if (settlement === undefined) throw new Error('a pending request of no known operation');
  const answer = await session.context.ds.send(settlement.operation, pending.body, leafKey(live));
  if (!answer.ok && answer.refusal.code !== settlement.doneBefore) {
    const { code } = answer.refusal;
    const after = code === 'WRONG_EPOCH' && !isNew ? afterAnother(live.record) : {};
    if (!settlement.untold.includes(code)) await dropPending(session, live, after);
    return answer;
  }
  const taken = await settlement.take(session, live);
  const events = Array.isArray(taken) ? done(taken) : taken;
  if (!events.ok) return events;
  await session.keep(events.value);
  return done();
}

/** Gives up a request that has changed nothing. */
export async function dropPending(
  session: Session,
  live: LiveGroup,
  after: Partial<GroupRecord> = {},
): Promise<void> {
  if (live.record.pending === undefined) return;
  await live.mls.discardPendingCommit();
  // A removal of ours that the DS has refused would have us taken for leaving. Had it been taken after all, the queue brings it back.
  if (pendingField(live.record) === ds.selfRemoveUser.field) await live.mls.withdrawSelfRemove();
  session.touch(live, { ...after, pending: undefined, nextLeaf: undefined });
  await session.save();
}
