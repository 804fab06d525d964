import type { QueueHead } from '@phoenix/queue';

/** `queue_heads` in the order of HEAD_COLUMNS; int8 comes as text or bigint, as the pool is set. */
export type HeadRow = readonly [
  clientId: string,
  nextSeq: string | bigint,
  secret: Buffer,
  storeKey: number,
  encryptionKey: Buffer,
  entries: number,
  bytes: number,
  sinceUpdate: number,
  updateDue: boolean,
  gapTold: boolean,
];

export const HEAD_COLUMNS =
  'h.client_id, h.next_seq, h.secret, h.store_key, h.encryption_key, h.entries, h.bytes, h.since_update, h.update_due, h.gap_told';

export function headOf(row: HeadRow): QueueHead {
  const [clientId, nextSeq, wrappedSecret, storeKeyId, encryptionKey] = row;
  const [, , , , , entries, bytes, sinceUpdate, updateDue, gapTold] = row;
  return {
    id: uuidOf(clientId),
    nextSeq: BigInt(nextSeq),
    wrappedSecret,
    storeKeyId,
    encryptionKey,
    entries,
    bytes,
    sinceUpdate,
    updateDue,
    gapTold,
  };
}

/** The 16 bytes of a `uuid` column. */
export function uuidOf(text: string): Uint8Array {
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}
