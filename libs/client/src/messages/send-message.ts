import { done, encode, formatUuid, type Outcome, pad, phoenixContent } from '@phoenix/wire';
import { hex } from '../credentials/fingerprint.js';
import { leafKey } from '../groups/leaf-key.js';
import type { LiveGroup, Session } from '../groups/session.js';
import { prepare } from '../services/operation.js';
import { sendMessage } from '../services/ds-operations.js';
import { OUTBOX } from './outbox.js';

const NOTHING = new Uint8Array();

/** Puts a message into the outbox, padded, under a fresh content id; the name of its record. */
export function enqueueMessage({ context, work }: Session, group: string, body: Uint8Array): string {
  const { crypto, clock } = context;
  const id = crypto.random.bytes(16);
  const content = pad(encode(phoenixContent, { kind: 'content' as const, id, body }));
  const name = `${String(clock.now()).padStart(16, '0')}-${hex(id)}`;
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
