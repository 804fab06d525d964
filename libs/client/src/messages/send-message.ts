import {
  done,
  encode,
  formatUuid,
  type Outcome,
  pad,
  type PhoenixContent,
  phoenixContent,
} from '@phoenix/wire';
import { leafKey } from '../groups/leaf-key.js';
import type { LiveGroup, Session } from '../groups/session.js';
import { prepare } from '../services/operation.js';
import { sendMessage } from '../services/ds-operations.js';
import { OUTBOX } from './outbox.js';

const NOTHING = new Uint8Array();
/** Names sort as their numbers do. */
const PLACES = 12;

/** Puts a message of a kind at the end of the outbox, padded, under a fresh content id; the name of its record. */
export async function enqueueMessage(
  { context, work }: Session,
  group: string,
  { kind, body }: Pick<PhoenixContent, 'kind' | 'body'>,
): Promise<string> {
  const id = context.crypto.random.bytes(16);
  const content = pad(encode(phoenixContent, { kind, id, body }));
  const last = (await work.names(OUTBOX)).at(-1);
  const name = String(last === undefined ? 0 : Number(last) + 1).padStart(PLACES, '0');
  work.put(OUTBOX, { group, id, content, body: undefined }, name);
  return name;
}

/**
 * Hands a message of the outbox to the DS. It is encrypted once for an epoch, and the ratchet's step is saved before anything is
 * sent. Refuses with WRONG_EPOCH when the group has moved on: sent again, it is encrypted anew under the same content id. Whatever
 * else is refused leaves it in the outbox as it was sent.
 */
export async function transmit(session: Session, live: LiveGroup, name: string): Promise<Outcome<void>> {
  const { context, work } = session;
  const outgoing = await work.get(OUTBOX, name);
  if (outgoing === undefined) return done();
  const body = outgoing.body ?? (await encrypted(live, outgoing.content));
  session.touch(live);
  work.put(OUTBOX, { ...outgoing, body }, name);
  await session.save();
  const sent = await context.ds.send(sendMessage, body, leafKey(live));
  if (sent.ok) work.delete(OUTBOX, name);
  else if (sent.refusal.code === 'WRONG_EPOCH') work.put(OUTBOX, { ...outgoing, body: undefined }, name);
  await session.save();
  return sent;
}

async function encrypted({ mls, record }: LiveGroup, content: Uint8Array): Promise<Uint8Array> {
  return prepare(sendMessage, {
    groupId: formatUuid(record.id.uuid),
    earKey: record.keys.earKey,
    message: await mls.encrypt(content, NOTHING),
  });
}
