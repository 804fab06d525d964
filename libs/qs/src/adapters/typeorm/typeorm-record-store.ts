import {
  type ConnectionPool,
  inTransaction,
  isUniqueViolation,
  poolOf,
  type Transaction,
  uuidArray,
} from '@phoenix/postgres';
import { QUEUE_ENTRY_KIND_NUMBERS, type QueueAppend } from '@phoenix/queue';
import { formatUuid } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import type { ClientRecord, UserRecord } from '../../domain/records.js';
import {
  type ClientChanges,
  type ClientWithUser,
  RecordStore,
  type UserChanges,
  type UserWithClients,
} from '../../ports/record-store.js';
import { ClientRecordEntity } from './entities/client-record.entity.js';
import { UserRecordEntity } from './entities/user-record.entity.js';
import { uuidOf } from './queue-rows.js';
import * as sql from './record-statements.js';
import { holdStoreKey } from './store-key-lock.js';

/** The RecordStore on Postgres. */
export class TypeormRecordStore extends RecordStore {
  readonly #pool: ConnectionPool;

  constructor(private readonly dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  override async create(
    record: { user: UserRecord; client: ClientRecord },
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'created' | 'taken'> {
    try {
      await inTransaction(this.#pool, async (transaction) => {
        const storeKeyId = await holdStoreKey(transaction);
        await insert(transaction, record, queue(storeKeyId));
      });
      return 'created';
    } catch (error) {
      if (isUniqueViolation(error)) return 'taken';
      throw error;
    }
  }

  override async findUser(userId: Uint8Array): Promise<UserWithClients | undefined> {
    const id = formatUuid(userId);
    const user = await this.dataSource.manager.findOneBy(UserRecordEntity, { userId: id });
    if (user === null) return undefined;
    const clients = await this.dataSource.manager.findBy(ClientRecordEntity, { userId: id });
    return { user: userOf(user), clientIds: clients.map(({ clientId }) => uuidOf(clientId)) };
  }

  override async findClient(clientId: Uint8Array): Promise<ClientWithUser | undefined> {
    const { manager } = this.dataSource;
    const client = await manager.findOneBy(ClientRecordEntity, { clientId: formatUuid(clientId) });
    if (client === null) return undefined;
    const user = await manager.findOneBy(UserRecordEntity, { userId: client.userId });
    return user === null ? undefined : { client: clientOf(client), user: userOf(user) };
  }

  override async findQueueEncryptionKey(clientId: Uint8Array): Promise<Uint8Array | undefined> {
    const [row] = await sql.FIND_ENCRYPTION_KEY.run(this.#pool, [formatUuid(clientId)]);
    return row?.[0];
  }

  override async findClientKeys(
    clientIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
    const keys = new Map<string, Uint8Array[]>();
    for (const [clientId, key] of await sql.FIND_CLIENT_KEYS.run(this.#pool, [uuidArray(clientIds)])) {
      keys.set(clientId, [...(keys.get(clientId) ?? []), key]);
    }
    return keys;
  }

  override async updateUser(userId: Uint8Array, changes: UserChanges): Promise<'updated' | 'taken'> {
    const columns = {
      ...(changes.userKey && { userKey: Buffer.from(changes.userKey) }),
      ...(changes.friendshipHash && { friendshipHash: Buffer.from(changes.friendshipHash) }),
    };
    if (Object.keys(columns).length === 0) return 'updated';
    try {
      await this.dataSource.manager.update(UserRecordEntity, { userId: formatUuid(userId) }, columns);
      return 'updated';
    } catch (error) {
      if (isUniqueViolation((error as { driverError?: unknown }).driverError)) return 'taken';
      throw error;
    }
  }

  override updateClient(
    clientId: Uint8Array,
    { clientKey, queueEncryptionKey }: ClientChanges,
    maxFormerKeys: number,
  ): Promise<'updated' | 'too-many'> {
    const id = formatUuid(clientId);
    return this.#orTooMany(async (transaction) => {
      // The queue first, as in a dequeue: so that the two never wait for each other.
      if (queueEncryptionKey) await sql.REPLACE_ENCRYPTION_KEY.run(transaction, [id, queueEncryptionKey]);
      if (clientKey === undefined) return;
      await sql.REPLACE_CLIENT_KEY.run(transaction, [id, clientKey]);
      const [row] = await sql.COUNT_FORMER_KEYS.run(transaction, [id]);
      if ((row?.[0] ?? 0) > maxFormerKeys) throw new TooManyKeys();
    });
  }

  override deleteUser(userId: Uint8Array): Promise<void> {
    const id = formatUuid(userId);
    return inTransaction(this.#pool, async (transaction) => {
      const clients = await sql.LOCK_USERS_HEADS.run(transaction, [id]);
      await sql.DELETE_ENTRIES.run(transaction, [uuidArray(clients.map(([clientId]) => clientId))]);
      await sql.DELETE_USER.run(transaction, [id]);
    });
  }

  async #orTooMany(work: (transaction: Transaction) => Promise<void>): Promise<'updated' | 'too-many'> {
    try {
      await inTransaction(this.#pool, work);
      return 'updated';
    } catch (error) {
      if (error instanceof TooManyKeys) return 'too-many';
      throw error;
    }
  }
}

/** Undoes the transaction that would have kept one former key too many. */
class TooManyKeys extends Error {}

async function insert(
  transaction: Transaction,
  { user, client }: { user: UserRecord; client: ClientRecord },
  { head, entries }: QueueAppend,
): Promise<void> {
  const userId = formatUuid(user.userId);
  const clientId = formatUuid(client.clientId);
  await sql.INSERT_USER.run(transaction, [userId, user.userKey, user.friendshipHash]);
  await sql.INSERT_CLIENT.run(transaction, [clientId, userId, client.clientKey, client.activeMonth]);
  await sql.INSERT_HEAD.run(transaction, [
    clientId,
    head.nextSeq,
    head.wrappedSecret,
    head.storeKeyId,
    head.encryptionKey,
    head.entries,
    head.bytes,
    head.sinceUpdate,
    head.updateDue,
    head.gapTold,
  ]);
  for (const { seq, kind, body } of entries) {
    await sql.INSERT_ENTRY.run(transaction, [
      clientId,
      seq,
      QUEUE_ENTRY_KIND_NUMBERS[kind],
      client.activeMonth,
      body,
    ]);
  }
}

function userOf({ userId, userKey, friendshipHash }: UserRecordEntity): UserRecord {
  return { userId: uuidOf(userId), userKey, friendshipHash };
}

function clientOf({ clientId, userId, clientKey, activeMonth }: ClientRecordEntity): ClientRecord {
  return { clientId: uuidOf(clientId), userId: uuidOf(userId), clientKey, activeMonth };
}
