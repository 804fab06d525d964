import {
  type ConnectionPool,
  inTransaction,
  poolOf,
  Statement,
  type Transaction,
  uuidArray,
} from '@phoenix/postgres';
import type { QueueAppend } from '@phoenix/queue';
import { type ClientId, formatUuid } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import { ConnectionStore, type Publication, type TakenPackage } from '../../ports/connection-store.js';
import { packageColumns, UNNEST_PACKAGES } from './package-columns.js';
import { holdQueueStoreKey } from './queue-store-key-lock.js';
import { insertQueue } from './typeorm-offer-queue-store.js';

/** Everybody locks a client before its queue. */
const LOCK_CLIENT = new Statement<[found: number]>(
  'as-lock-client',
  'SELECT 1 FROM clients WHERE user_id = $1::uuid AND client_id = $2::uuid FOR UPDATE',
);
const MARK_ACTIVE = new Statement(
  'as-mark-active',
  `UPDATE clients SET active_month = $3
    WHERE user_id = $1::uuid AND client_id = $2::uuid AND active_month IS DISTINCT FROM $3`,
);
const FIND_QUEUE = new Statement<[userId: string]>(
  'as-find-direct-queue',
  'SELECT user_id FROM direct_queues WHERE queue_id = $1::uuid',
);
const REPLACE_QUEUE_KEY = new Statement(
  'as-replace-queue-key',
  `UPDATE direct_queues SET encryption_key = $2, update_due = true
    WHERE queue_id = $1::uuid AND encryption_key <> $2`,
);
const DELETE_PACKAGES = new Statement(
  'as-delete-connection-packages',
  'DELETE FROM connection_packages WHERE user_id = $1::uuid AND client_id = $2::uuid',
);
const INSERT_PACKAGES = new Statement(
  'as-insert-connection-packages',
  `INSERT INTO connection_packages (hash, last_resort, last_month, package, user_id, client_id)
   SELECT p.*, $5::uuid, $6::uuid FROM ${UNNEST_PACKAGES}`,
);

/** Takers pass over what another is just taking; what is given once is deleted in the statement that answers it. */
const TAKE = new Statement<[taken: Buffer, credential: Buffer]>(
  'as-take-connection-package',
  `WITH drawn AS MATERIALIZED (
     SELECT p.client_id, p.hash FROM connection_packages p
      WHERE p.user_id = $1::uuid AND NOT p.last_resort AND p.last_month >= $2::int4
      ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED
   ), once AS (
     DELETE FROM connection_packages p USING drawn
      WHERE p.user_id = $1::uuid AND p.client_id = drawn.client_id AND p.hash = drawn.hash
     RETURNING p.client_id, p.package
   ), given AS (
     SELECT client_id, package FROM once
      UNION ALL (
     SELECT p.client_id, p.package FROM connection_packages p
      WHERE p.user_id = $1::uuid AND p.last_resort AND p.last_month >= $2::int4 AND NOT EXISTS (SELECT FROM once)
      ORDER BY random() LIMIT 1)
   )
   SELECT given.package, c.credential
     FROM given JOIN clients c ON c.user_id = $1::uuid AND c.client_id = given.client_id`,
);

const COUNT_FROM_NOW = new Statement(
  'as-count-unseen-clients',
  'UPDATE clients SET active_month = $1 WHERE active_month IS NULL',
);

/** Locked, an idle client is looked at again: one that has just come back stays. */
const LOCK_IDLE = new Statement<[userId: string]>(
  'as-lock-idle-users',
  `SELECT c.user_id FROM clients c
    WHERE c.active_month < $1::int4
      AND NOT EXISTS (SELECT FROM clients o WHERE o.user_id = c.user_id AND o.active_month >= $1::int4)
    ORDER BY c.user_id, c.client_id FOR UPDATE`,
);
const REVOKE = new Statement(
  'as-revoke-idle-users',
  `INSERT INTO revoked_credentials (fingerprint, last_month)
   SELECT i.fingerprint, i.last_month FROM issued_credentials i JOIN unnest($1::uuid[]) AS d(id) ON i.user_id = d.id
    WHERE i.last_month >= $2::int4 ON CONFLICT DO NOTHING`,
);
const DELETE_USERS = new Statement(
  'as-delete-idle-users',
  'DELETE FROM users u USING unnest($1::uuid[]) AS d(id) WHERE u.id = d.id',
);
const DELETE_ENDED = new Statement(
  'as-delete-ended-connection-packages',
  'DELETE FROM connection_packages WHERE last_month < $1::int4',
);

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
      if ((await LOCK_CLIENT.run(transaction, ids)).length === 0) return 'gone';
      const isReady = await prepareQueue(transaction, publication, () => queue(storeKeyId));
      if (!isReady) return 'taken';
      await MARK_ACTIVE.run(transaction, [...ids, month]);
      await DELETE_PACKAGES.run(transaction, ids);
      await INSERT_PACKAGES.run(transaction, [...packageColumns(packages), ...ids]);
      return 'published';
    });
  }

  override async take(user: Uint8Array, month: number): Promise<TakenPackage | undefined> {
    const [row] = await TAKE.run(this.#pool, [formatUuid(user), month]);
    return row && { package: row[0], credential: row[1] };
  }

  override async markActive(client: ClientId, month: number): Promise<void> {
    await MARK_ACTIVE.run(this.#pool, [...idsOf(client), month]);
  }

  override async expire(idleBefore: number, month: number): Promise<number> {
    await COUNT_FROM_NOW.run(this.#pool, [month]);
    await DELETE_ENDED.run(this.#pool, [month]);
    return inTransaction(this.#pool, async (transaction) => {
      const idle = await LOCK_IDLE.run(transaction, [idleBefore]);
      const users = uuidArray([...new Set(idle.map(([user]) => user))]);
      await REVOKE.run(transaction, [users, month]);
      return DELETE_USERS.count(transaction, [users]);
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
  const [found] = await FIND_QUEUE.run(transaction, [id]);
  if (found === undefined) return insertQueue(transaction, 'direct', user, queue(), month);
  if (found[0] !== user) return false;
  await REPLACE_QUEUE_KEY.run(transaction, [id, queueEncryptionKey]);
  return true;
}

function idsOf(client: ClientId): [user: string, client: string] {
  return [formatUuid(client.user.uuid), formatUuid(client.uuid)];
}
