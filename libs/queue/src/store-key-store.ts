import type { QueueHead } from './queue-head.js';

/** Which store key the secrets of queues are wrapped under; the keys themselves are the vault's. */
export abstract class StoreKeyStore {
  /** Names the first store key unless one is named; the one that counts is answered. */
  abstract initialise(storeKeyId: number): Promise<number>;

  /** From its return on no writer wraps under an older key: whoever was writing has finished. Never goes back to an older id. */
  abstract advance(storeKeyId: number): Promise<void>;

  /**
   * Goes once through all queues not under the current store key and replaces their heads by what `step` makes of them,
   * in transactions of at most `batch`; undefined leaves a head as it is.
   */
  abstract rewrap(
    batch: number,
    step: (head: QueueHead, storeKeyId: number) => QueueHead | undefined,
  ): Promise<void>;
}
