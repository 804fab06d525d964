import type { QueueAppend } from '@phoenix/queue';
import { equal, formatUuid } from '@phoenix/wire';
import type { ClientRecord, UserRecord } from '../../domain/records.js';
import {
  type ClientChanges,
  type ClientWithUser,
  RecordStore,
  type UserChanges,
  type UserWithClients,
} from '../../ports/record-store.js';
import type { MemoryDatabase } from './memory-database.js';

/** The RecordStore in memory. */
export class MemoryRecordStore extends RecordStore {
  constructor(private readonly database: MemoryDatabase) {
    super();
  }

  override async create(
    { user, client }: { user: UserRecord; client: ClientRecord },
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'created' | 'taken'> {
    const { users, clients, queues, currentStoreKeyId } = this.database;
    const userId = formatUuid(user.userId);
    const clientId = formatUuid(client.clientId);
    const { head, entries } = queue(currentStoreKeyId);
    if (users.has(userId) || clients.has(clientId) || this.#isTaken(user.friendshipHash)) return 'taken';
    users.set(userId, user);
    clients.set(clientId, client);
    queues.set(clientId, {
      head,
      entries: entries.map((entry) => ({ ...entry, month: client.activeMonth })),
    });
    return 'created';
  }

  override async findUser(userId: Uint8Array): Promise<UserWithClients | undefined> {
    const user = this.database.users.get(formatUuid(userId));
    return user && { user, clientIds: this.#clientsOf(userId).map(({ clientId }) => clientId) };
  }

  override async findClient(clientId: Uint8Array): Promise<ClientWithUser | undefined> {
    const client = this.database.clients.get(formatUuid(clientId));
    const user = client && this.database.users.get(formatUuid(client.userId));
    return user && { client, user };
  }

  override async findQueueEncryptionKey(clientId: Uint8Array): Promise<Uint8Array | undefined> {
    return this.database.queues.get(formatUuid(clientId))?.head.encryptionKey;
  }

  override async findClientKeys(
    clientIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
    const keys = new Map<string, Uint8Array[]>();
    for (const id of clientIds) {
      const client = this.database.clients.get(id);
      if (client) keys.set(id, [client.clientKey, ...(this.database.formerKeys.get(id) ?? [])]);
    }
    return keys;
  }

  override async updateUser(userId: Uint8Array, changes: UserChanges): Promise<'updated' | 'taken'> {
    const id = formatUuid(userId);
    const user = this.database.users.get(id);
    if (user === undefined) return 'updated';
    if (changes.friendshipHash && this.#isTaken(changes.friendshipHash, user)) return 'taken';
    this.database.users.set(id, { ...user, ...changes });
    return 'updated';
  }

  override async updateClient(
    clientId: Uint8Array,
    { clientKey, queueEncryptionKey }: ClientChanges,
    maxFormerKeys: number,
  ): Promise<'updated' | 'too-many'> {
    const id = formatUuid(clientId);
    const client = this.database.clients.get(id);
    const queue = this.database.queues.get(id);
    if (client === undefined || queue === undefined) return 'updated';
    const isNew = clientKey !== undefined && !equal(clientKey, client.clientKey);
    const former = this.database.formerKeys.get(id) ?? [];
    const kept = former.some((key) => equal(key, client.clientKey)) ? former : [...former, client.clientKey];
    if (isNew && kept.length > maxFormerKeys) return 'too-many';
    if (isNew) {
      this.database.formerKeys.set(id, kept);
      this.database.clients.set(id, { ...client, clientKey });
    }
    if (queueEncryptionKey && !equal(queueEncryptionKey, queue.head.encryptionKey))
      queue.head = { ...queue.head, encryptionKey: queueEncryptionKey, updateDue: true };
    return 'updated';
  }

  override async deleteUser(userId: Uint8Array): Promise<void> {
    for (const { clientId } of this.#clientsOf(userId)) {
      const id = formatUuid(clientId);
      const { clients, formerKeys, packages, queues } = this.database;
      for (const table of [clients, formerKeys, packages, queues]) table.delete(id);
    }
    this.database.users.delete(formatUuid(userId));
  }

  #clientsOf(userId: Uint8Array): ClientRecord[] {
    return [...this.database.clients.values()].filter((client) => equal(client.userId, userId));
  }

  #isTaken(friendshipHash: Uint8Array, own?: UserRecord): boolean {
    return [...this.database.users.values()].some(
      (user) => user !== own && equal(user.friendshipHash, friendshipHash),
    );
  }
}
