import { type ConnectionPool, inTransaction, poolOf, type Transaction, uuidArray } from '@phoenix/postgres';
import type { QueueAppend } from '@phoenix/queue';
import { type ClientId, formatUuid } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import { ConnectionStore, type Publication, type TakenPackage } from '../../ports/connection-store.js';
import * as sql from './connection-statements.js';
import { packageColumns } from './package-columns.js';
import { holdQueueStoreKey } from './queue-store-key-lock.js';
import { insertQueue } from './typeorm-offer-queue-store.js';

/** The ConnectionStore on Postgres. */
export class TypeormConnectionStore extends ConnectionStore {
  readonly #pool: ConnectionPool;

  constructor(dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  override publish(
    publication: Publication,
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'published' | 'gone' | 'taken'> {
    return inTransaction(this.#pool, async (transaction) => {
      const { client, packages, month } = publication;
      const ids = idsOf(client);
      const storeKeyId = await holdQueueStoreKey(transaction);
      if ((await sql.LOCK_CLIENT.run(transaction, ids)).length === 0) return 'gone';
      const isReady = await prepareQueue(transaction, publication, () => queue(storeKeyId));
      if (!isReady) return 'taken';
      await sql.MARK_ACTIVE.run(transaction, [...ids, month]);
      await sql.DELETE_PACKAGES.run(transaction, ids);
      await sql.INSERT_PACKAGES.run(transaction, [...packageColumns(packages), ...ids]);
      return 'published';
    });
  }

  override async take(user: Uint8Array, month: number): Promise<TakenPackage | undefined> {
    const [row] = await sql.TAKE.run(this.#pool, [formatUuid(user), month]);
    return row && { package: row[0], credential: row[1] };
  }

  override async markActive(client: ClientId, month: number): Promise<void> {
    await sql.MARK_ACTIVE.run(this.#pool, [...idsOf(client), month]);
  }

  override async expire(idleBefore: number, month: number): Promise<number> {
    await sql.COUNT_FROM_NOW.run(this.#pool, [month]);
    await sql.DELETE_ENDED.run(this.#pool, [month]);
    return inTransaction(this.#pool, async (transaction) => {
      const idle = await sql.LOCK_IDLE.run(transaction, [idleBefore, month]);
      const users = uuidArray([...new Set(idle.map(([user]) => user))]);
      return sql.DELETE_USERS.count(transaction, [users]);
    });
  }
}

/** Makes the client's queue or gives it the key; false where another user's client has its id. */
async function prepareQueue(
  transaction: Transaction,
  { client, queueEncryptionKey, month }: Publication,
  queue: () => QueueAppend,
): Promise<boolean> {
  const [user, id] = idsOf(client);
  const [found] = await sql.FIND_QUEUE.run(transaction, [id]);
  if (found === undefined) return insertQueue(transaction, 'direct', user, queue(), month);
  if (found[0] !== user) return false;
  await sql.REPLACE_QUEUE_KEY.run(transaction, [id, queueEncryptionKey]);
  return true;
}

function idsOf(client: ClientId): [user: string, client: string] {
  return [formatUuid(client.user.uuid), formatUuid(client.uuid)];
}
