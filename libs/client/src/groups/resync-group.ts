import { externalSendersCodec, ExtensionType, findExtension } from '@phoenix/mls';
import { decode, done, type ErrorCode, type Outcome, type Refusal, refuse, tryDecode } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { receiveQueue } from '../messages/receive-queue.js';
import type { Pause } from '../services/service.js';
import { giveUpEntrance, settleEntrance } from './enter-group.js';
import { ENTRANCE, type Entrance } from './entrance.js';
import { askAsMember, isInSync, type ToldMember } from './external-info.js';
import { hasSameRest } from './follow-policy.js';
import { contextExtensions } from './group-policy.js';
import { asKnownTo } from './hand-over.js';
import { invalidGroup } from './group-rule.js';
import { makeEntrance } from './make-entrance.js';
import { type Absence, absenceFrom } from './membership-ticket.js';
import type { LiveGroup, Session } from './session.js';
import { MOVED_ON } from './settle.js';
import { endGroup, halt, noteDamage } from './take-commit.js';

const ATTEMPTS = 20;
const WAIT_MS = 50;

export interface ResyncOptions {
  readonly pause: Pause;
  /** Also where the DS is where we are: for keys that may have been used before, or stolen. */
  readonly always: boolean;
}

/**
 * Brings a group that went on without us back: by an external commit that replaces our own leaf, once everything that the DS tells
 * was verified as on joining. Where we turn out to be in sync nothing is sent. A DS that knows no leaf of ours any more has removed us
 * while we did not listen, and one that has no such group has lost or deleted it: FORBIDDEN. One that cannot open it, by our key at
 * least, may do so later: DAMAGED. A member who does not verify halts the group. Source: docs/protocol §7.
 */
export async function resyncGroup(
  session: Session,
  account: Account,
  live: LiveGroup,
  { pause, always }: ResyncOptions,
): Promise<Outcome<void>> {
  const before = live.mls;
  for (let attempt = 1; ; attempt++) {
    const returned = await tryToReturn(session, account, live, always);
    if (returned.ok || !MOVED_ON.includes(returned.refusal.code)) return returned;
    // No others are always first: the DS is at fault, and is asked again another time.
    if (attempt === ATTEMPTS) return refuse('INTERNAL', { rule: 'client.resync.refused' });
    const received = await receiveQueue(session, account);
    if (!received.ok) return received;
    if (live.mls !== before) return done();
    await giveUpEntrance(session, live.name);
    await pause(WAIT_MS * attempt);
  }
}

async function tryToReturn(
  session: Session,
  account: Account,
  live: LiveGroup,
  always: boolean,
): Promise<Outcome<void>> {
  const entered = await settleEntrance(session, live.name);
  if (!entered.ok) return entered;
  if (entered.value) return done();
  const told = await askAsMember(session, live);
  if (!told.ok) return lose(session, live, told.refusal);
  if (isInSync(live, told.value) && !always) {
    session.touch(live, { status: live.record.leaving === 1 ? 'leaving' : 'active' });
    await session.save();
    return done();
  }
  const made = await makeReturn(session, account, live, told.value);
  if (!made.ok) {
    // Someone unknown is there: that is no better the next time. What the DS tells may be.
    if (made.refusal.code === 'INVALID_CREDENTIAL')
      await session.keep(halt(session, live, made.refusal.rule ?? made.refusal.code));
    return made;
  }
  const { leaving, open, read, ticket } = live.record;
  const record = {
    ...made.value.record,
    status: leaving === 1 ? ('leaving' as const) : ('active' as const),
    leaving,
    open,
    read,
    ticket,
  };
  session.work.put(ENTRANCE, { ...made.value, record }, live.name);
  await session.save();
  const returned = await settleEntrance(session, live.name);
  return returned.ok ? done() : returned;
}

async function makeReturn(
  session: Session,
  account: Account,
  live: LiveGroup,
  told: ToldMember,
): Promise<Outcome<Entrance>> {
  const { record, mls } = live;
  // To an epoch that we have seen we are led back only by who wants to undo what came after it, such as a removal.
  if (told.epoch < mls.epoch || (told.epoch === mls.epoch && !isInSync(live, told)))
    return invalidGroup('client.resync.epoch');
  const externalSender = soleSenderOf(live);
  const extensions = contextExtensions({ groupContext: () => told.context });
  if (externalSender === undefined || !hasSameRest(contextExtensions(mls), extensions))
    return invalidGroup('client.policy.extensions');
  const back = { leaf: mls.ownLeaf, pseudonym: told.leaf.pseudonym };
  const self = await asKnownTo(session, live, account);
  return makeEntrance(session, self, { ...record, back, externalSender }, told);
}

/** What it means that the DS tells us nothing, for us and our user. */
async function lose(session: Session, live: LiveGroup, refusal: Refusal): Promise<Outcome<never>> {
  const { code } = refusal;
  const absence = code === 'NOT_FOUND' ? await absenceFrom(session, live) : done(ABSENCES.get(code));
  if (!absence.ok) return absence;
  switch (absence.value) {
    case undefined:
      return { ok: false, refusal };
    case 'unreadable':
      await session.keep(noteDamage(session, live));
      return refuse('DAMAGED');
    default:
      await session.keep(endGroup(session, live, absence.value === 'gone' ? 'deleted' : 'removed'));
      return refuse('FORBIDDEN', { rule: 'client.group.active' });
  }
}

const ABSENCES: ReadonlyMap<ErrorCode, Absence> = new Map([
  ['SIGNATURE_INVALID', 'out'],
  ['DAMAGED', 'unreadable'],
]);

/** The DS's key, as the group has had it from its creation. */
function soleSenderOf({ mls }: LiveGroup): Uint8Array | undefined {
  const data = findExtension(contextExtensions(mls), ExtensionType.externalSenders);
  const senders = data && tryDecode(() => decode(externalSendersCodec, data));
  return senders?.length === 1 ? senders[0]!.signatureKey : undefined;
}
