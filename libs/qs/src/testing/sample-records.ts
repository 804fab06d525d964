import { nodeCrypto } from '@phoenix/crypto';
import type { QueueAppend, QueueHead } from '../domain/queue-head.js';
import type { ClientRecord, UserRecord } from '../domain/records.js';

const crypto = nodeCrypto();
export const MONTH = 675;

/** Records with random ids and keys. */
export function sampleRecords(): { user: UserRecord; client: ClientRecord } {
  const userId = crypto.random.uuid();
  return {
    user: { userId, userKey: crypto.random.bytes(32), friendshipHash: crypto.random.bytes(32) },
    client: {
      userId,
      clientId: crypto.random.uuid(),
      clientKey: crypto.random.bytes(32),
      activeMonth: MONTH,
    },
  };
}

/** A queue that holds one update. */
export function sampleQueue(clientId: Uint8Array, storeKeyId: number, seq = 1_000n): QueueAppend {
  const head: QueueHead = {
    clientId,
    nextSeq: seq + 1n,
    wrappedSecret: crypto.random.bytes(61),
    storeKeyId,
    encryptionKey: crypto.random.bytes(32),
    entries: 1,
    bytes: 80,
    sinceUpdate: 0,
    updateDue: false,
    gapTold: false,
  };
  return { head, entries: [{ seq, kind: 'update', body: crypto.random.bytes(80) }] };
}

/** One message of `length` bytes behind a head. */
export function sampleMessage(head: QueueHead, length = 100): QueueAppend {
  return {
    head: {
      ...head,
      nextSeq: head.nextSeq + 1n,
      entries: head.entries + 1,
      bytes: head.bytes + length,
      sinceUpdate: head.sinceUpdate + 1,
      updateDue: false,
    },
    entries: [{ seq: head.nextSeq, kind: 'message', body: crypto.random.bytes(length) }],
  };
}
