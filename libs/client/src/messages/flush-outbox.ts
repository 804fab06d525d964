import {
  decode,
  done,
  type ErrorCode,
  type Outcome,
  phoenixContent,
  type Refusal,
  refuse,
  unpad,
} from '@phoenix/wire';
import { hex } from '../credentials/fingerprint.js';
import type { LiveGroup, Session } from '../groups/session.js';
import type { GroupOperation } from '../groups/in-order.js';
import { INBOX } from './inbox.js';
import { OUTBOX, type Outgoing } from './outbox.js';
import { transmit } from './send-message.js';

/** Runs an operation on the group of that name. */
export type InGroup = (session: Session, group: string, operation: GroupOperation) => Promise<Outcome<void>>;

/** After these a message may be on its way, and stays in the outbox. */
const MAY_HAVE_HAPPENED: readonly ErrorCode[] = ['UNAVAILABLE', 'INTERNAL'];

/** These will be no others the next time; whatever else is refused passes, or may be a lie that does. */
const FOR_GOOD: readonly ErrorCode[] = [
  'BAD_REQUEST',
  'LIMIT_EXCEEDED',
  'INVALID_MESSAGE',
  'INVALID_GROUP',
  'FORBIDDEN',
  'NOT_FOUND',
];

const WAITS: Outcome<never> = refuse('UNAVAILABLE', { rule: 'client.outbox.waits' });

/**
 * Sends what waits, in the order of each group; a group that has to wait holds up no other. A message of an earlier call that is
 * refused for good comes back to the user as an `unsent` event. `last` is the message of this call, if any, whose outcome it answers;
 * otherwise UNAVAILABLE when something still waits.
 */
export async function flushOutbox(session: Session, inGroup: InGroup, last?: string): Promise<Outcome<void>> {
  const { work } = session;
  const waiting = new Set<string>();
  let outcome: Outcome<void> = done();
  for (const name of await work.names(OUTBOX)) {
    const outgoing = await work.get(OUTBOX, name);
    if (outgoing === undefined) continue;
    const { group } = outgoing;
    const sent = waiting.has(group)
      ? WAITS
      : await inGroup(session, group, (live: LiveGroup) => transmit(session, live, name));
    if (name === last) outcome = sent;
    if (sent.ok) continue;
    if (isKept(sent.refusal, name === last)) waiting.add(group);
    else await drop(session, name, name === last ? undefined : { outgoing, refusal: sent.refusal });
  }
  return last === undefined && waiting.size > 0 ? WAITS : outcome;
}

function isKept({ code }: Refusal, isNew: boolean): boolean {
  return isNew ? MAY_HAVE_HAPPENED.includes(code) : !FOR_GOOD.includes(code);
}

/** Takes a message out of the outbox; the same batch gives an older one back to the user. */
async function drop(
  session: Session,
  name: string,
  older: { outgoing: Outgoing; refusal: Refusal } | undefined,
): Promise<void> {
  session.work.delete(OUTBOX, name);
  if (older !== undefined) {
    const { group, id, content } = older.outgoing;
    const { kind, body } = decode(phoenixContent, unpad(content));
    const { rule, code } = older.refusal;
    const reason = rule ?? code;
    // What its user has not written comes back to nobody.
    if (kind === 'content')
      session.work.put(INBOX, { kind: 'unsent', group, body, reason }, `unsent-${hex(id)}`);
  }
  await session.save();
}
