/** One change of a batch: a value to keep under a key, or `undefined` to forget the key. */
export interface StoreWrite {
  readonly key: string;
  readonly value: Uint8Array | undefined;
}

/**
 * Where a client keeps its state: keys to bytes. It holds private keys and message ratchets, so an adapter writes
 * where only the user reads. One client at a time owns a store.
 *
 * What the client relies on, and `describeClientStore` checks:
 * - `write` is all or nothing, also when the process is killed inside it, and durable when it returns;
 * - values are copied on the way in and out: neither side sees the other's later changes.
 */
export abstract class ClientStore {
  /** The value last written under `key`. */
  abstract get(key: string): Promise<Uint8Array | undefined>;

  /** The keys that begin with `prefix`, in code-unit order. */
  abstract keys(prefix: string): Promise<string[]>;

  /** Applies the batch in its order, whole or not at all. */
  abstract write(batch: readonly StoreWrite[]): Promise<void>;
}
