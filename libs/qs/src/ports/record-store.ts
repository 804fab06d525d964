import type { QueueAppend } from '@phoenix/queue';
import type { ClientRecord, UserRecord } from '../domain/records.js';

/** A client with what its requests and its user's are verified by. */
export interface ClientWithUser {
  readonly client: ClientRecord;
  readonly user: UserRecord;
}

/** A user with the ids of its clients. */
export interface UserWithClients {
  readonly user: UserRecord;
  readonly clientIds: readonly Uint8Array[];
}

export interface UserChanges {
  readonly userKey?: Uint8Array;
  readonly friendshipHash?: Uint8Array;
}

export interface ClientChanges {
  readonly clientKey?: Uint8Array;
  readonly queueEncryptionKey?: Uint8Array;
}

/** User and client records. Every verb is one transaction. */
export abstract class RecordStore {
  /**
   * Makes user, client and queue, or nothing: 'taken' when one of the ids or the friendship hash is in use.
   * `queue` is asked for its first state with the id of the store key to wrap under; its entries are kept by the month
   * in which the client is active.
   */
  abstract create(
    record: { user: UserRecord; client: ClientRecord },
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'created' | 'taken'>;

  abstract findUser(userId: Uint8Array): Promise<UserWithClients | undefined>;

  abstract findClient(clientId: Uint8Array): Promise<ClientWithUser | undefined>;

  /** The queue encryption key of a client. */
  abstract findQueueEncryptionKey(clientId: Uint8Array): Promise<Uint8Array | undefined>;

  /** Present and former keys by client id; a client that does not exist is left out. */
  abstract findClientKeys(clientIds: readonly string[]): Promise<ReadonlyMap<string, readonly Uint8Array[]>>;

  /** 'taken' when another user has that friendship hash. */
  abstract updateUser(userId: Uint8Array, changes: UserChanges): Promise<'updated' | 'taken'>;

  /**
   * A replaced client key stays among the former ones; 'too-many' past `maxFormerKeys`. A new queue encryption key makes
   * an update due.
   */
  abstract updateClient(
    clientId: Uint8Array,
    changes: ClientChanges,
    maxFormerKeys: number,
  ): Promise<'updated' | 'too-many'>;

  /** The user, its clients, their keys, packages, queues and entries. */
  abstract deleteUser(userId: Uint8Array): Promise<void>;
}
