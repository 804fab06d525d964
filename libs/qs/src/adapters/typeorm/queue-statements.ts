import { Statement } from '@phoenix/postgres';

export type EntryRow = readonly [seq: string | bigint, kind: number, body: Buffer];

/**
 * Acknowledges and reads in one round trip. The head is locked before anything is deleted, and only if something is; the
 * record after the head, as everybody does: that is what `seen` counts `acknowledged` for, since Postgres runs what nobody
 * refers to last part first.
 * Lengths of bodies are known without reading them, so an answer's size is bounded before it is made.
 */
export const DEQUEUE = new Statement<EntryRow>(
  'qs-dequeue',
  `WITH head AS MATERIALIZED (
     SELECT h.client_id FROM queue_heads h
      WHERE h.client_id = $1::uuid
        AND EXISTS (SELECT FROM queue_entries e WHERE e.client_id = $1::uuid AND e.seq < $2::int8)
        FOR UPDATE
   ), gone AS (
     DELETE FROM queue_entries e USING head WHERE e.client_id = head.client_id AND e.seq < $2::int8
     RETURNING octet_length(e.body) AS length
   ), acknowledged AS (
     UPDATE queue_heads h SET entries = h.entries - t.entries, bytes = h.bytes - t.bytes, update_due = true
       FROM (SELECT count(*)::int4 AS entries, coalesce(sum(length), 0)::int4 AS bytes FROM gone) t
      WHERE h.client_id = $1::uuid AND t.entries > 0
     RETURNING h.client_id
   ), seen AS (
     UPDATE client_records SET active_month = $5::int4
      WHERE client_id = $1::uuid AND active_month <> $5::int4 AND (SELECT count(*) FROM acknowledged) >= 0
   )
   SELECT p.seq, p.kind, p.body
     FROM (
       SELECT e.seq, e.kind, e.body,
              sum(octet_length(e.body)) OVER (ORDER BY e.seq) - octet_length(e.body) AS before
         FROM (
           SELECT seq, kind, body FROM queue_entries
            WHERE client_id = $1::uuid AND seq >= $2::int8 ORDER BY seq LIMIT $3::int4
         ) e
     ) p
    WHERE p.before < $4::int8
    ORDER BY p.seq`,
);

/** Some clients' messages from before a month. Answers with a row for each client, none when there is nothing left. */
export const EXPIRE_ENTRIES = new Statement<[clientId: string]>(
  'qs-expire-entries',
  `WITH late AS MATERIALIZED (
     SELECT DISTINCT client_id FROM queue_entries WHERE month < $1::int4 AND kind = 0 LIMIT $2::int4
   ), head AS MATERIALIZED (
     SELECT h.client_id FROM late JOIN queue_heads h USING (client_id) ORDER BY h.client_id FOR UPDATE OF h
   ), gone AS (
     DELETE FROM queue_entries e USING head WHERE e.client_id = head.client_id AND e.month < $1::int4 AND e.kind = 0
     RETURNING e.client_id, octet_length(e.body) AS length
   ), sums AS (
     SELECT client_id, count(*)::int4 AS entries, sum(length)::int4 AS bytes FROM gone GROUP BY client_id
   )
   UPDATE queue_heads h SET entries = h.entries - sums.entries, bytes = h.bytes - sums.bytes
     FROM sums WHERE h.client_id = sums.client_id
   RETURNING h.client_id`,
);

export const FIND_RECEIPT = new Statement<[found: number]>(
  'qs-find-receipt',
  'SELECT 1 FROM fan_out_receipts WHERE receipt = $1',
);

export const EXPIRE_RECEIPTS = new Statement(
  'qs-expire-receipts',
  'DELETE FROM fan_out_receipts WHERE month < $1::int4',
);
