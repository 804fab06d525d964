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
import { headOf, OFFER_QUEUES, type OfferQueueStatements } from './offer-queue-statements.js';
import { advanceQueueStoreKey, holdQueueStoreKey } from './queue-store-key-lock.js';

const INITIALISE = new Statement(
  'as-store-key-initialise',
  'INSERT INTO queue_store_key (id) VALUES ($1) ON CONFLICT DO NOTHING',
);
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Rewrap = (head: QueueHead, storeKeyId: number) => QueueHead | undefined;

/** The StoreKeyStore of an AS on Postgres: one store key for the queues of clients and those of aliases. */
export class TypeormQueueStoreKeyStore extends StoreKeyStore {
  readonly #pool: ConnectionPool;

  constructor(dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  override async initialise(storeKeyId: number): Promise<number> {
    await INITIALISE.run(this.#pool, [storeKeyId]);
    return inTransaction(this.#pool, holdQueueStoreKey);
  }

  override advance(storeKeyId: number): Promise<void> {
    return inTransaction(this.#pool, (transaction) => advanceQueueStoreKey(transaction, storeKeyId));
  }

  override async rewrap(batch: number, step: Rewrap): Promise<void> {
    for (const statements of Object.values(OFFER_QUEUES)) {
      let after: string | undefined = BEFORE_ALL;
      while (after !== undefined) {
        const from: string = after;
        after = await inTransaction(this.#pool, (on) => rewrapFrom(on, statements, from, batch, step));
      }
    }
  }
}

/** Rewraps one batch of heads beyond `after`; answers where it ended, undefined when nothing was left. */
async function rewrapFrom(
  transaction: Transaction,
  statements: OfferQueueStatements,
  after: string,
  batch: number,
  step: Rewrap,
): Promise<string | undefined> {
  const storeKeyId = await holdQueueStoreKey(transaction);
  const rows = await statements.lockOlder.run(transaction, [after, storeKeyId, batch]);
  const heads = rows.map((row) => step(headOf(row), storeKeyId)).filter((head) => head !== undefined);
  if (heads.length > 0) {
    await statements.replaceSecrets.run(transaction, [
      uuidArray(heads.map((head) => head.id)),
      byteaArray(heads.map((head) => head.wrappedSecret)),
      int4Array(heads.map((head) => head.storeKeyId)),
    ]);
  }
  return rows.at(-1)?.[0];
}
