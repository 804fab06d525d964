import type { QueueAppend } from '@phoenix/queue';
import type { ClientId } from '@phoenix/wire';
import type { PublishedPackage } from '../domain/published-package.js';

/** What a client publishes. */
export interface Publication {
  readonly client: ClientId;
  /** In the order in which they are to be written. */
  readonly packages: readonly PublishedPackage[];
  /** HPKE public key of its direct queue, 32 bytes. */
  readonly queueEncryptionKey: Uint8Array;
  /** This month (since January 1970). */
  readonly month: number;
}

/** What whoever wants to connect to a user is given. */
export interface TakenPackage {
  /** Encoded SignedConnectionPackage. */
  readonly package: Uint8Array;
  /** The client's current ClientCredential, encoded. */
  readonly credential: Uint8Array;
}

/** What users are connected to by: packages and direct queues. Every verb is one transaction. */
export abstract class ConnectionStore {
  /**
   * Replaces all packages of a client. Its first publication makes its queue, which `queue` is asked for with the id of the
   * store key to wrap under; a later one with another queue encryption key makes an update due. Marks the month.
   * `gone` where there is no such client, `taken` where its UUID names the queue of another user's client.
   */
  abstract publish(
    publication: Publication,
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'published' | 'gone' | 'taken'>;

  /**
   * One package of a user (id of 16 bytes) that is still good in `month`, drawn at random: a one-time package is given to one
   * taker only and gone; where none is left, a last resort, which stays. Undefined where there is none.
   */
  abstract take(user: Uint8Array, month: number): Promise<TakenPackage | undefined>;

  /** Notes that a client was here in `month`, unless that is known. */
  abstract markActive(client: ClientId, month: number): Promise<void>;

  /**
   * Clients that nobody has seen are counted from `month` on. Users none of whose clients was here in `idleBefore` or later,
   * or has a credential that still runs in `month`, are gone with all that is theirs; so are packages that ended before
   * `month`. Answers how many users went.
   */
  abstract expire(idleBefore: number, month: number): Promise<number>;
}
