import {
  byteaArray,
  type ConnectionPool,
  int4Array,
  inTransaction,
  poolOf,
  Statement,
  type Transaction,
  uuidArray,
} from '@phoenix/postgres';
import { type QueueHead, StoreKeyStore } from '@phoenix/queue';
import type { DataSource } from 'typeorm';
import { HEAD_COLUMNS, type HeadRow, headOf } from './queue-rows.js';
import { advanceStoreKey, holdStoreKey } from './store-key-lock.js';

const INITIALISE = new Statement(
  'qs-store-key-initialise',
  'INSERT INTO store_key (id) VALUES ($1) ON CONFLICT DO NOTHING',
);

/** The next heads under an older key, in the order in which everybody locks them. */
const LOCK_OLDER = new Statement<HeadRow>(
  'qs-lock-older',
  `SELECT ${HEAD_COLUMNS} FROM queue_heads h
    WHERE h.client_id > $1::uuid AND h.store_key <> $2::int4 ORDER BY h.client_id LIMIT $3::int4 FOR UPDATE OF h`,
);

const REPLACE = new Statement(
  'qs-replace-secrets',
  `UPDATE queue_heads h SET secret = d.secret, store_key = d.store_key
     FROM unnest($1::uuid[], $2::bytea[], $3::int4[]) AS d(client_id, secret, store_key)
    WHERE h.client_id = d.client_id`,
);

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Rewrap = (head: QueueHead, storeKeyId: number) => QueueHead | undefined;

/** The StoreKeyStore on Postgres. */
export class TypeormStoreKeyStore extends StoreKeyStore {
  readonly #pool: ConnectionPool;

  constructor(dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  override async initialise(storeKeyId: number): Promise<number> {
    await INITIALISE.run(this.#pool, [storeKeyId]);
    return inTransaction(this.#pool, holdStoreKey);
  }

  override advance(storeKeyId: number): Promise<void> {
    return inTransaction(this.#pool, (transaction) => advanceStoreKey(transaction, storeKeyId));
  }

  override async rewrap(batch: number, step: Rewrap): Promise<void> {
    let after: string | undefined = BEFORE_ALL;
    while (after !== undefined) {
      const from: string = after;
      after = await inTransaction(this.#pool, (transaction) => rewrapFrom(transaction, from, batch, step));
    }
  }
}

/** Rewraps one batch of heads beyond `after`; answers where it ended, undefined when nothing was left. */
async function rewrapFrom(
  transaction: Transaction,
  after: string,
  batch: number,
  step: Rewrap,
): Promise<string | undefined> {
  const storeKeyId = await holdStoreKey(transaction);
  const rows = await LOCK_OLDER.run(transaction, [after, storeKeyId, batch]);
  const heads = rows.map((row) => step(headOf(row), storeKeyId)).filter((head) => head !== undefined);
  if (heads.length > 0) {
    await REPLACE.run(transaction, [
      uuidArray(heads.map((head) => head.id)),
      byteaArray(heads.map((head) => head.wrappedSecret)),
      int4Array(heads.map((head) => head.storeKeyId)),
    ]);
  }
  return rows.at(-1)?.[0];
}
