import { Statement } from '@phoenix/postgres';
import type { QueueHead } from '@phoenix/queue';

/** A table of queue heads in the order of HEAD_COLUMNS; int8 comes as text or bigint, as the pool is set. */
export type HeadRow = readonly [
  queueId: string,
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

export type EntryRow = readonly [seq: string | bigint, kind: number, body: Buffer];

/** Whose queues: their tables are `<kind>_queues` and `<kind>_offers`. */
export type QueueKind = 'direct' | 'alias';

/** Whether a head `h` belongs to the `owner` of a DequeueOffers, $5. */
const IS_OWNERS: Record<QueueKind, string> = {
  direct: 'uuid_send(h.user_id) = $5::bytea',
  alias: 'EXISTS (SELECT FROM aliases a WHERE a.alias = h.alias AND a.auth_key = $5::bytea)',
};

/** What ties a queue to its owner's row. */
const OWNER_COLUMNS: Record<QueueKind, string> = { direct: 'user_id', alias: 'alias' };

const HEAD_COLUMNS =
  'h.queue_id, h.next_seq, h.secret, h.store_key, h.encryption_key, h.entries, h.bytes, h.since_update, h.update_due, h.gap_told';

export function headOf(row: HeadRow): QueueHead {
  const [queueId, nextSeq, wrappedSecret, storeKeyId, encryptionKey] = row;
  const [, , , , , entries, bytes, sinceUpdate, updateDue, gapTold] = row;
  return {
    id: Buffer.from(queueId.replaceAll('-', ''), 'hex'),
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

/** The statements on the queues of one kind. */
export class OfferQueueStatements {
  readonly lock: Statement<HeadRow>;
  readonly replaceHead: Statement;
  readonly insertHead: Statement;
  readonly insertEntries: Statement;
  readonly dequeue: Statement<EntryRow>;
  readonly expire: Statement;
  readonly lockOlder: Statement<HeadRow>;
  readonly replaceSecrets: Statement;

  constructor(kind: QueueKind) {
    const named = <Row extends readonly unknown[]>(name: string, text: string): Statement<Row> =>
      new Statement<Row>(`as-${kind}-${name}`, text);
    const heads = `${kind}_queues`;
    const offers = `${kind}_offers`;
    this.lock = named(
      'lock-head',
      `SELECT ${HEAD_COLUMNS} FROM ${heads} h WHERE h.queue_id = $1::uuid FOR UPDATE`,
    );
    this.replaceHead = named(
      'replace-head',
      `UPDATE ${heads} SET next_seq = $2, secret = $3, store_key = $4, entries = $5, bytes = $6, since_update = $7,
          update_due = $8, gap_told = $9
        WHERE queue_id = $1::uuid`,
    );
    this.insertHead = named(
      'insert-head',
      `INSERT INTO ${heads} (queue_id, next_seq, secret, store_key, encryption_key, entries, bytes, since_update, update_due,
          gap_told, ${OWNER_COLUMNS[kind]})
       VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (queue_id) DO NOTHING`,
    );
    this.insertEntries = named(
      'insert-entries',
      `INSERT INTO ${offers} (queue_id, seq, kind, month, body)
       SELECT $1::uuid, e.seq, e.kind, $2::int4, e.body
         FROM unnest($3::int8[], $4::int4[], $5::bytea[]) AS e(seq, kind, body)`,
    );
    this.dequeue = named('dequeue', dequeue(heads, offers, IS_OWNERS[kind]));
    this.expire = named('expire-offers', expire(heads, offers));
    this.lockOlder = named(
      'lock-older',
      `SELECT ${HEAD_COLUMNS} FROM ${heads} h
        WHERE h.queue_id > $1::uuid AND h.store_key <> $2::int4 ORDER BY h.queue_id LIMIT $3::int4 FOR UPDATE`,
    );
    this.replaceSecrets = named(
      'replace-secrets',
      `UPDATE ${heads} h SET secret = d.secret, store_key = d.store_key
         FROM unnest($1::uuid[], $2::bytea[], $3::int4[]) AS d(queue_id, secret, store_key)
        WHERE h.queue_id = d.queue_id`,
    );
  }
}

/** By the kind of the queues. */
export const OFFER_QUEUES: Record<QueueKind, OfferQueueStatements> = {
  direct: new OfferQueueStatements('direct'),
  alias: new OfferQueueStatements('alias'),
};

/**
 * Acknowledges and reads in one round trip. The head is locked before anything is deleted, and only if something is: a lock
 * leaves a transaction's id in the row, and who merely looks is to leave no trace.
 */
function dequeue(heads: string, offers: string, isOwners: string): string {
  return `WITH own AS MATERIALIZED (
     SELECT h.queue_id FROM ${heads} h WHERE h.queue_id = $1::uuid AND ${isOwners}
   ), head AS MATERIALIZED (
     SELECT h.queue_id FROM ${heads} h JOIN own USING (queue_id)
      WHERE EXISTS (SELECT FROM ${offers} e WHERE e.queue_id = $1::uuid AND e.seq < $2::int8)
        FOR UPDATE OF h
   ), gone AS (
     DELETE FROM ${offers} e USING head WHERE e.queue_id = head.queue_id AND e.seq < $2::int8
     RETURNING octet_length(e.body) AS length
   ), acknowledged AS (
     UPDATE ${heads} h SET entries = h.entries - t.entries, bytes = h.bytes - t.bytes, update_due = true
       FROM (SELECT count(*)::int4 AS entries, coalesce(sum(length), 0)::int4 AS bytes FROM gone) t
      WHERE h.queue_id = $1::uuid AND t.entries > 0
   )
   SELECT p.seq, p.kind, p.body
     FROM (
       SELECT e.seq, e.kind, e.body,
              sum(octet_length(e.body)) OVER (ORDER BY e.seq) - octet_length(e.body) AS before
         FROM (
           SELECT o.seq, o.kind, o.body FROM ${offers} o JOIN own USING (queue_id)
            WHERE o.seq >= $2::int8 ORDER BY o.seq LIMIT $3::int4
         ) e
     ) p
    WHERE p.before < $4::int8
    ORDER BY p.seq`;
}

/** Messages from before a month, and what their heads count of them. */
function expire(heads: string, offers: string): string {
  return `WITH head AS MATERIALIZED (
     SELECT h.queue_id FROM ${heads} h
      WHERE EXISTS (SELECT FROM ${offers} e WHERE e.queue_id = h.queue_id AND e.month < $1::int4 AND e.kind = 0)
      ORDER BY h.queue_id FOR UPDATE
   ), gone AS (
     DELETE FROM ${offers} e USING head WHERE e.queue_id = head.queue_id AND e.month < $1::int4 AND e.kind = 0
     RETURNING e.queue_id, octet_length(e.body) AS length
   ), sums AS (
     SELECT queue_id, count(*)::int4 AS entries, sum(length)::int4 AS bytes FROM gone GROUP BY queue_id
   )
   UPDATE ${heads} h SET entries = h.entries - sums.entries, bytes = h.bytes - sums.bytes
     FROM sums WHERE h.queue_id = sums.queue_id`;
}
