import { type ClientStore, QueueReader } from '@phoenix/client';
import { forgedEntries, readerIn } from '@phoenix/client/testing';
import { nodeCrypto } from '@phoenix/crypto';
import { formatBase64Url, parseBase64Url, type QueueEntryContent } from '@phoenix/wire';
import { altered, type Meddling } from './meddling-fetch.js';

const crypto = nodeCrypto();

type Entries = readonly { seq: string; kind: string; body: string }[];
type DequeuedEntry = Parameters<QueueReader['read']>[0];

/** The QS answers with entries of its own making to the client of this store. What really waits is held back. */
export function forging(store: ClientStore, contents: readonly QueueEntryContent[]): Meddling {
  return async () => {
    const forged = await forgedEntries(crypto, store, contents);
    const entries = forged.map(({ seq, body }) => ({
      seq: seq.toString(),
      kind: 'MESSAGE',
      body: formatBase64Url(body),
    }));
    return Response.json({ data: { dequeueMessages: { entries } } });
  };
}

/** The QS answers as it should, and keeps what the entries say: `kept` grows by them. */
export function overhearing(store: ClientStore, kept: QueueEntryContent[]): Meddling {
  return async (forward, body) => {
    let reader = QueueReader.decode(crypto, await readerIn(store));
    return altered((data) => {
      for (const { seq, kind, body: text } of data['dequeueMessages']!['entries'] as Entries) {
        const said = { seq: BigInt(seq), kind: kind.toLowerCase(), body: parseBase64Url(text)! };
        const step = reader.read(said as DequeuedEntry);
        if (step.reading.kind === 'content') kept.push(step.reading.content);
        reader = step.reader;
      }
      return data;
    })(forward, body);
  };
}
