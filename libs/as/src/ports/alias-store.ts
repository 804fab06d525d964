import type { QueueAppend } from '@phoenix/queue';
import type { PublishedPackage } from '../domain/published-package.js';

/** An alias and what is known of it: not whose it is. */
export interface AliasRecord {
  readonly alias: string;
  /** Verifies `alias` requests; Ed25519, 32 bytes. */
  readonly authKey: Uint8Array;
  /** HPKE public key of its queue, 32 bytes. */
  readonly queueEncryptionKey: Uint8Array;
}

/** How long: months since January 1970. */
export interface AliasMonths {
  /** This month. An alias whose last month lies before it is not there any more. */
  readonly month: number;
  /** The last month in which the alias is there. */
  readonly lastMonth: number;
}

/**
 * Aliases with their packages and queues, apart from users in every way. Every verb is one transaction. Verbs of an owner
 * name its key: they do nothing, and answer false, where the alias was released or is another's by then.
 */
export abstract class AliasStore {
  /**
   * Makes the alias with its queue, unless it is there: then `taken`. Of any number of concurrent calls for one alias exactly
   * one makes it. Of an alias that had run out nothing is left. `queue` is asked for the queue with the id of the store key to
   * wrap under.
   */
  abstract register(
    record: AliasRecord,
    months: AliasMonths,
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'registered' | 'taken'>;

  /** Undefined where it is not there in `month`. */
  abstract find(alias: string, month: number): Promise<AliasRecord | undefined>;

  /** Moves its last month. */
  abstract refresh(alias: string, authKey: Uint8Array, lastMonth: number): Promise<boolean>;

  /** Deletes the alias and all that is its. */
  abstract release(alias: string, authKey: Uint8Array): Promise<boolean>;

  /** Replaces all of its packages; they are written in the order given. */
  abstract replacePackages(
    alias: string,
    authKey: Uint8Array,
    packages: readonly PublishedPackage[],
  ): Promise<boolean>;

  /**
   * An encoded ConnectionPackage of an alias that is there in `month`, good in that month and drawn at random: a one-time
   * package is given to one taker only and gone; where none is left, a last resort, which stays. Undefined where there is none.
   */
  abstract takePackage(alias: string, month: number): Promise<Uint8Array | undefined>;

  /** Deletes aliases whose last month lies before `month`, and packages as old. Answers how many aliases went. */
  abstract expire(month: number): Promise<number>;
}
