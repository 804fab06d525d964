import { done, type ErrorCode, type Outcome } from '@phoenix/wire';
import type { Session } from '../groups/session.js';
import { enqueueAliasOffer, enqueueConnectionOffer } from '../services/as-connection-operations.js';
import { CONNECTION } from './connection-record.js';

/** These will be no others the next time. */
const FOR_GOOD: readonly ErrorCode[] = ['NOT_FOUND', 'BAD_REQUEST', 'LIMIT_EXCEEDED', 'FORBIDDEN'];

/**
 * Sends the offer of a connection that the AS has not answered yet, if there is one. Sent twice it is read once. What is refused for good
 * ends the connection, and its user is told unless it `asked` just now; after anything else the offer stays, and is sent again with the
 * next `receive`.
 */
export async function sendOffer(
  session: Session,
  group: string,
  asked: 'now' | 'before',
): Promise<Outcome<void>> {
  const { context, work } = session;
  const record = await work.get(CONNECTION, group);
  if (record?.request === undefined) return done();
  const isDirect = new TextDecoder().decode(record.request.field) === enqueueConnectionOffer.field;
  const operation = isDirect ? enqueueConnectionOffer : enqueueAliasOffer;
  const sent = await context.as.send(operation, record.request.body);
  if (!sent.ok && !FOR_GOOD.includes(sent.refusal.code)) return sent;
  work.put(CONNECTION, { ...record, request: undefined, ending: sent.ok ? record.ending : 1 }, group);
  if (sent.ok || asked === 'now') await session.save();
  else {
    const { rule, code } = sent.refusal;
    await session.keep([{ kind: 'unconnected', target: record.target, reason: rule ?? code }]);
  }
  return sent;
}
