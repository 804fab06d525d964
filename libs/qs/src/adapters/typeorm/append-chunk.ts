import { byteaArray, int4Array, int8Array, type Queryable, Statement, uuidArray } from '@phoenix/postgres';
import { QUEUE_ENTRY_KIND_NUMBERS, type QueueAppend, type QueueEntry, type QueueHead } from '@phoenix/queue';

const MAX_ROWS = 512;
const MAX_BYTES = 4 * 1024 * 1024;

const WRITE = new Statement(
  'qs-append',
  `WITH d AS MATERIALIZED (
     SELECT * FROM unnest($1::uuid[], $2::int8[], $3::bytea[], $4::int4[], $5::int4[], $6::int4[], $7::int4[], $8::int4[], $9::int4[])
       AS d(client_id, next_seq, secret, store_key, entries, bytes, since_update, update_due, gap_told)
   ), u AS (
     UPDATE queue_heads h
        SET next_seq = d.next_seq, secret = d.secret, store_key = d.store_key, entries = d.entries, bytes = d.bytes,
            since_update = d.since_update, update_due = d.update_due <> 0, gap_told = d.gap_told <> 0
       FROM d WHERE h.client_id = d.client_id
   )
   INSERT INTO queue_entries (client_id, seq, kind, month, body)
   SELECT e.client_id, e.seq, e.kind, $10::int4, e.body
     FROM unnest($11::uuid[], $12::int8[], $13::int4[], $14::bytea[]) AS e(client_id, seq, kind, body)`,
);

/** Queues' next heads and their new entries, gathered for one statement. */
export class AppendChunk {
  readonly #heads: QueueHead[] = [];
  readonly #entries: QueueEntry[] = [];
  readonly #owners: Uint8Array[] = [];
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#heads.length === 0;
  }

  /** Large enough for a statement of its own. */
  get isFull(): boolean {
    return this.#entries.length >= MAX_ROWS || this.#bytes >= MAX_BYTES;
  }

  add({ head, entries }: QueueAppend): void {
    this.#heads.push(head);
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#owners.push(head.id);
      this.#bytes += entry.body.length;
    }
  }

  /** Replaces the heads, which must be locked, and inserts the entries in the order they were added. */
  async write(on: Queryable, month: number): Promise<void> {
    const heads = this.#heads;
    const entries = this.#entries;
    await WRITE.run(on, [
      uuidArray(heads.map((head) => head.id)),
      int8Array(heads.map((head) => head.nextSeq)),
      byteaArray(heads.map((head) => head.wrappedSecret)),
      int4Array(heads.map((head) => head.storeKeyId)),
      int4Array(heads.map((head) => head.entries)),
      int4Array(heads.map((head) => head.bytes)),
      int4Array(heads.map((head) => head.sinceUpdate)),
      int4Array(heads.map((head) => Number(head.updateDue))),
      int4Array(heads.map((head) => Number(head.gapTold))),
      month,
      uuidArray(this.#owners),
      int8Array(entries.map((entry) => entry.seq)),
      int4Array(entries.map((entry) => QUEUE_ENTRY_KIND_NUMBERS[entry.kind])),
      byteaArray(entries.map((entry) => entry.body)),
    ]);
  }
}
