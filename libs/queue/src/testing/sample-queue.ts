import { nodeCrypto } from '@phoenix/crypto';
import type { QueueAppend, QueueHead } from '../queue-head.js';

const crypto = nodeCrypto();

/** A queue that holds one update. */
export function sampleQueue(id: Uint8Array, storeKeyId: number, seq = 1_000n): QueueAppend {
  const head: QueueHead = {
    id,
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
