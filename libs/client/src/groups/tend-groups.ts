import { done, type ErrorCode, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { CARE } from './care.js';
import { spreadProfileKey, STALE_PROFILE } from './change-profile-key.js';
import { giveUpEntrance, settleEntrance } from './enter-group.js';
import { ENTRANCE } from './entrance.js';
import type { InOrderOptions } from './in-order.js';
import { leaveOn } from './leave-group.js';
import { isDesignatedCommitter } from './pending-removals.js';
import { fetchTicket } from './membership-ticket.js';
import { isPresent } from './presence.js';
import { removeMembers } from './remove-members.js';
import { isDesignatedRemover, revokedUsers } from './remove-revoked.js';
import { resyncGroup } from './resync-group.js';
import type { LiveGroup, Session } from './session.js';
import { MOVED_ON, settle } from './settle.js';
import { withActiveGroup } from './with-active-group.js';

const NOTHING = () => Promise.resolve(done());

/**
 * What there is to do for groups without their users, once the queue was read: requests that no answer came to are settled, groups that
 * went on without us are brought back, what was proposed is committed and who was revoked removed where that is on us, profile keys are spread. What fails is tried the
 * next time; while the DS does not answer nothing more is.
 */
export async function tendGroups(
  session: Session,
  account: Account,
  options: Pick<InOrderOptions, 'pause'>,
): Promise<void> {
  const { work } = session;
  const tasks: (() => Promise<Outcome<unknown>>)[] = [
    ...(await work.names(ENTRANCE)).map((name) => () => settleJoin(session, name)),
    ...(await work.names(CARE)).map((name) => () => tend(session, account, { ...options, name })),
    ...(await work.names(STALE_PROFILE)).map((name) => () => spread(session, account, { ...options, name })),
  ];
  for (const task of tasks) {
    const outcome = await task();
    if (!outcome.ok && outcome.refusal.code === 'UNAVAILABLE') return;
  }
}

type Tended = Pick<InOrderOptions, 'pause'> & { readonly name: string };

/** Brings the joining of an offered group to its end; the queue has told by now whether it was taken after all. */
async function settleJoin(session: Session, name: string): Promise<Outcome<unknown>> {
  const live = await session.group(name);
  if (live !== undefined && isPresent(live)) return done();
  const entered = await settleEntrance(session, name);
  if (entered.ok || !MOVED_ON.includes(entered.refusal.code)) return entered;
  await giveUpEntrance(session, name);
  await session.keep([{ kind: 'invitation-refused', rule: entered.refusal.rule ?? entered.refusal.code }]);
  return done();
}

async function tend(session: Session, account: Account, tended: Tended): Promise<Outcome<unknown>> {
  const live = await session.group(tended.name);
  if (live === undefined || !isPresent(live)) return done();
  if (live.record.status === 'leaving') return tendLeaving(session, account, live, tended);
  const settled = await withActiveGroup(session, account, { ...tended, proposals: 'unheeded' }, NOTHING);
  if (!settled.ok) return settled;
  const isDue = live.record.rotateFirst === 2 || isDesignatedCommitter(live);
  if (isDesignatedRemover(live)) return removeRevoked(session, account, tended);
  if (!isDue) return fetchTicket(session, live);
  return withActiveGroup(session, account, tended, NOTHING);
}

function removeRevoked(session: Session, account: Account, tended: Tended): Promise<Outcome<unknown>> {
  const found = new Set<string>();
  return withActiveGroup(session, account, { ...tended, proposals: 'with' }, (live) =>
    removeMembers(session, live, revokedUsers(live.record), found),
  );
}

/** Who wants to leave and became the last admin meanwhile stays. */
async function tendLeaving(
  session: Session,
  account: Account,
  live: LiveGroup,
  { pause }: Tended,
): Promise<Outcome<unknown>> {
  const settled = await settle(session, live);
  const left = settled.ok ? await leaveOn(session, live) : settled;
  if (left.ok) return left;
  const { code } = left.refusal;
  if (MOVED_ON.includes(code)) return resyncGroup(session, account, live, { pause, always: false });
  if (code !== 'FORBIDDEN') return left;
  session.touch(live, { status: 'active', leaving: 0 });
  await session.save();
  return left;
}

/** These will be no others the next time. */
const FOR_GOOD: readonly ErrorCode[] = ['FORBIDDEN', 'NOT_FOUND'];

async function spread(session: Session, account: Account, tended: Tended): Promise<Outcome<unknown>> {
  const outcome = await withActiveGroup(session, account, { ...tended, proposals: 'unheeded' }, (live) =>
    spreadProfileKey(session, live, account),
  );
  if (!outcome.ok && FOR_GOOD.includes(outcome.refusal.code)) {
    session.work.delete(STALE_PROFILE, tended.name);
    await session.save();
  }
  return outcome;
}
