import {
  byteaArray,
  type ConnectionPool,
  inTransaction,
  poolOf,
  type Queryable,
  Statement,
  type Transaction,
  uuidArray,
} from '@phoenix/postgres';
import { type QueueAppend, type QueueEntry, queueEntryKindOf } from '@phoenix/queue';
import { formatUuid } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import {
  type AppendRequest,
  type DequeueRequest,
  type LockedQueues,
  QueueStore,
} from '../../ports/queue-store.js';
import { AppendChunk } from './append-chunk.js';
import { DEQUEUE, type EntryRow, EXPIRE_ENTRIES, EXPIRE_RECEIPTS, FIND_RECEIPT } from './queue-statements.js';
import { HEAD_COLUMNS, type HeadRow, headOf } from './queue-rows.js';
import { reachDatabase } from './reach-database.js';
import { holdStoreKey } from './store-key-lock.js';

const TAKE_RECEIPTS = new Statement<[receipt: Buffer]>(
  'qs-take-receipts',
  `INSERT INTO fan_out_receipts (receipt, month) SELECT r, $2::int4 FROM unnest($1::bytea[]) AS r ORDER BY r
   ON CONFLICT DO NOTHING RETURNING receipt`,
);

/** A join, not `= ANY`: that collapses under contention (measured). Everybody locks in the order of ids: nobody deadlocks. */
const LOCK_HEADS = new Statement<HeadRow>(
  'qs-lock-heads',
  `SELECT ${HEAD_COLUMNS} FROM unnest($1::uuid[]) AS d(id) JOIN queue_heads h ON h.client_id = d.id
   ORDER BY h.client_id FOR UPDATE OF h`,
);

/** How many clients' entries one expiring transaction touches. */
const EXPIRE_BATCH = 500;

/** The QueueStore on Postgres, in bulk statements with binary arrays. */
export class TypeormQueueStore extends QueueStore {
  readonly #pool: ConnectionPool;

  constructor(dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  /** Two round trips: BEGIN travels with what locks and reads, COMMIT with what writes. */
  override append(
    request: AppendRequest,
    step: (locked: LockedQueues) => Iterable<QueueAppend>,
  ): Promise<void> {
    return reachDatabase(() =>
      inTransaction(this.#pool, async (transaction) => {
        const locked = await lock(transaction, request);
        await writeAll(transaction, step(locked), request.month);
      }),
    );
  }

  override async holdsReceipt(receipt: Uint8Array): Promise<boolean> {
    return (await reachDatabase(() => FIND_RECEIPT.run(this.#pool, [receipt]))).length > 0;
  }

  override async dequeue(request: DequeueRequest): Promise<QueueEntry[]> {
    const { clientId, from, max, maxBytes, month } = request;
    const values = [formatUuid(clientId), from, max, maxBytes, month];
    const rows = await reachDatabase(() => DEQUEUE.run(this.#pool, values));
    return rows.map(entryOf);
  }

  override async expire(month: number): Promise<void> {
    while ((await EXPIRE_ENTRIES.count(this.#pool, [month, EXPIRE_BATCH])) > 0);
    await EXPIRE_RECEIPTS.run(this.#pool, [month]);
  }
}

async function lock(on: Queryable, request: AppendRequest): Promise<LockedQueues> {
  const [storeKeyId, receipts, heads] = await Promise.all([
    holdStoreKey(on),
    TAKE_RECEIPTS.run(on, [byteaArray(request.receipts), request.month]),
    LOCK_HEADS.run(on, [uuidArray(request.clientIds)]),
  ]);
  return {
    storeKeyId,
    fresh: new Set(receipts.map(([receipt]) => receipt.toString('hex'))),
    heads: new Map(heads.map((row) => [row[0], headOf(row)])),
  };
}

/** While Postgres writes one chunk the next is being made; at most one is under way, whatever the size of it all. */
async function writeAll(
  transaction: Transaction,
  appends: Iterable<QueueAppend>,
  month: number,
): Promise<void> {
  let chunk = new AppendChunk();
  let writing: Promise<void> | undefined;
  for (const append of appends) {
    if (chunk.isFull) {
      await writing;
      writing = chunk.write(transaction, month);
      // Heard below; the event loop must not take it for unheard while the next chunk is being made.
      writing.catch(() => undefined);
      chunk = new AppendChunk();
    }
    chunk.add(append);
  }
  await writing;
  if (!chunk.isEmpty) await transaction.last((on) => chunk.write(on, month));
}

function entryOf([seq, kind, body]: EntryRow): QueueEntry {
  return { seq: BigInt(seq), kind: queueEntryKindOf(kind), body };
}
