import {
  byteaArray,
  type ConnectionPool,
  int4Array,
  int8Array,
  inTransaction,
  poolOf,
  type Queryable,
  type Transaction,
} from '@phoenix/postgres';
import {
  QUEUE_ENTRY_KIND_NUMBERS,
  type QueueAppend,
  type QueueEntry,
  queueEntryKindOf,
  type QueueHead,
} from '@phoenix/queue';
import { formatUuid } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import type { DequeueOffers, OfferQueueStore } from '../../ports/offer-queue-store.js';
import { headOf, OFFER_QUEUES, type OfferQueueStatements, type QueueKind } from './offer-queue-statements.js';
import { holdQueueStoreKey } from './queue-store-key-lock.js';

/** A DirectQueueStore or an AliasQueueStore on Postgres, as its kind says. */
export class TypeormOfferQueueStore implements OfferQueueStore {
  readonly #pool: ConnectionPool;
  readonly #statements: OfferQueueStatements;

  constructor(dataSource: DataSource, kind: QueueKind) {
    this.#pool = poolOf(dataSource);
    this.#statements = OFFER_QUEUES[kind];
  }

  append(
    queueId: Uint8Array,
    month: number,
    step: (head: QueueHead, storeKeyId: number) => QueueAppend | undefined,
  ): Promise<boolean> {
    return inTransaction(this.#pool, async (transaction) => {
      const [storeKeyId, [row]] = await Promise.all([
        holdQueueStoreKey(transaction),
        this.#statements.lock.run(transaction, [formatUuid(queueId)]),
      ]);
      if (row === undefined) return false;
      const append = step(headOf(row), storeKeyId);
      if (append) await this.#write(transaction, append, month);
      return true;
    });
  }

  async dequeue({ queueId, owner, from, max, maxBytes }: DequeueOffers): Promise<QueueEntry[]> {
    const rows = await this.#statements.dequeue.run(this.#pool, [
      formatUuid(queueId),
      from,
      max,
      maxBytes,
      owner,
    ]);
    return rows.map(([seq, kind, body]) => ({ seq: BigInt(seq), kind: queueEntryKindOf(kind), body }));
  }

  async expire(month: number): Promise<void> {
    await this.#statements.expire.run(this.#pool, [month]);
  }

  async #write(transaction: Transaction, { head, entries }: QueueAppend, month: number): Promise<void> {
    await Promise.all([
      this.#statements.replaceHead.run(transaction, [
        formatUuid(head.id),
        head.nextSeq,
        head.wrappedSecret,
        head.storeKeyId,
        head.entries,
        head.bytes,
        head.sinceUpdate,
        head.updateDue,
        head.gapTold,
      ]),
      insertEntries(transaction, this.#statements, head.id, entries, month),
    ]);
  }
}

/** Makes a queue with its first entries, for an owner whose row is there; false where its id is taken. */
export async function insertQueue(
  on: Queryable,
  kind: QueueKind,
  owner: string,
  { head, entries }: QueueAppend,
  month: number,
): Promise<boolean> {
  const inserted = await OFFER_QUEUES[kind].insertHead.count(on, [
    formatUuid(head.id),
    head.nextSeq,
    head.wrappedSecret,
    head.storeKeyId,
    head.encryptionKey,
    head.entries,
    head.bytes,
    head.sinceUpdate,
    head.updateDue,
    head.gapTold,
    owner,
  ]);
  if (inserted === 0) return false;
  await insertEntries(on, OFFER_QUEUES[kind], head.id, entries, month);
  return true;
}

async function insertEntries(
  on: Queryable,
  statements: OfferQueueStatements,
  queueId: Uint8Array,
  entries: readonly QueueEntry[],
  month: number,
): Promise<void> {
  await statements.insertEntries.run(on, [
    formatUuid(queueId),
    month,
    int8Array(entries.map(({ seq }) => seq)),
    int4Array(entries.map(({ kind }) => QUEUE_ENTRY_KIND_NUMBERS[kind])),
    byteaArray(entries.map(({ body }) => body)),
  ]);
}
