import type { PhoenixCrypto } from '@phoenix/crypto';
import { decode, encode, opaque, pad, type QueueEntryContent, queueEntryContent } from '@phoenix/wire';
import { messageKey, placeOf, stepped } from '../queue/queue-ratchet.js';
import type { DequeuedEntry } from '../queue/queue-reader.js';
import { queueReaderState } from '../queue/queue-reader-state.js';
import { QUEUE } from '../queue/queue-record.js';
import type { ClientStore } from '../store/client-store.js';

/** What a client keeps of its queue, as `QueueReader.decode` takes it. */
export async function readerIn(store: ClientStore): Promise<Uint8Array> {
  const kept = await store.get(QUEUE.prefix);
  if (kept === undefined) throw new Error('the client has not read its queue yet');
  return decode(opaque(), kept);
}

/**
 * Entries of one's own making that a client reads as if the DS had sent them: every QS knows the queue's secret, and could. They
 * begin where the client that keeps its state in `store` has come to.
 */
export async function forgedEntries(
  crypto: PhoenixCrypto,
  store: ClientStore,
  contents: readonly QueueEntryContent[],
): Promise<DequeuedEntry[]> {
  const { id, nextSeq = 0n, secret } = decode(queueReaderState, await readerIn(store));
  return contents.map((content, i) => {
    const place = placeOf(id, nextSeq + BigInt(i));
    const key = messageKey(crypto, stepped(crypto, secret, BigInt(i)), place);
    const body = crypto.encrypt(key, place, pad(encode(queueEntryContent, content)));
    return { seq: nextSeq + BigInt(i), kind: 'message', body };
  });
}
