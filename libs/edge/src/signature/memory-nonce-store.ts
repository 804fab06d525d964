import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { concat, done, type Outcome, refuse, utf8 } from '@phoenix/wire';
import { NonceStore, type NonceUse } from './nonce-store.js';

const SLOTS_PER_WINDOW = 5;
const BOOT_KEY_BYTES = 32;
const TAG_BYTES = 16;
const CAPACITY = 1_000_000;

export interface MemoryNonceStoreOptions {
  readonly crypto: Pick<PhoenixCrypto, 'hash' | 'random'>;
  readonly clock: Clock;
  /** How far `created` may be off, in milliseconds. */
  readonly windowMs: number;
  /** How many nonces are remembered, at about 60 bytes each; 1,000,000 unless said. */
  readonly capacity?: number;
}

/** Used nonces in the memory of one process. */
export class MemoryNonceStore extends NonceStore {
  readonly #options: MemoryNonceStoreOptions;
  readonly #bootKey: Uint8Array;
  readonly #slotMs: number;
  /** Tags by the slot of time in which they expire, so that a whole slot is dropped at once. */
  readonly #slots = new Map<number, Set<string>>();
  #size = 0;
  /** Of requests made before this, in UTC milliseconds, the store does not know whether they were used. */
  #knownFromMs: number;

  constructor(options: MemoryNonceStoreOptions) {
    super();
    this.#options = options;
    this.#bootKey = options.crypto.random.bytes(BOOT_KEY_BYTES);
    this.#slotMs = Math.ceil(options.windowMs / SLOTS_PER_WINDOW);
    // `created` counts whole seconds: the one in which the store began is let in.
    this.#knownFromMs = Math.floor(options.clock.now() / 1000) * 1000;
  }

  override take(use: NonceUse): Promise<Outcome<void>> {
    return Promise.resolve(this.#take(this.#tagOf(use), use.createdMs, this.#options.clock.now()));
  }

  #tagOf({ publicKey, scope, nonce }: NonceUse): string {
    const tag = this.#options.crypto.hash.hmac(this.#bootKey, concat(publicKey, nonce, utf8(scope)));
    return String.fromCharCode(...tag.subarray(0, TAG_BYTES));
  }

  #take(tag: string, createdMs: number, nowMs: number): Outcome<void> {
    this.#prune(nowMs);
    // Signed anew it is another request, which can be told.
    if (createdMs < this.#knownFromMs)
      return refuse('UNAVAILABLE', { retryAfterMs: this.#knownFromMs - createdMs });
    for (const slot of this.#slots.values()) if (slot.has(tag)) return refuse('REQUEST_REPLAYED');
    if (this.#size >= (this.#options.capacity ?? CAPACITY)) return this.#full(nowMs);
    this.#slotOf(createdMs + this.#options.windowMs).add(tag);
    this.#size++;
    return done();
  }

  #slotOf(expiresMs: number): Set<string> {
    const index = Math.floor(expiresMs / this.#slotMs);
    const slot = this.#slots.get(index) ?? new Set<string>();
    this.#slots.set(index, slot);
    return slot;
  }

  /** Drops the slots that lie wholly in the past. Should the clock be set back, what was in them is not let in again. */
  #prune(nowMs: number): void {
    for (const [index, slot] of this.#slots) {
      const endMs = this.#endOf(index);
      if (endMs > nowMs) continue;
      this.#slots.delete(index);
      this.#size -= slot.size;
      this.#knownFromMs = Math.max(this.#knownFromMs, endMs - this.#options.windowMs);
    }
  }

  #full(nowMs: number): Outcome<never> {
    const next = Math.min(...this.#slots.keys());
    return refuse('UNAVAILABLE', { retryAfterMs: this.#endOf(next) - nowMs });
  }

  /** The first millisecond after a slot. */
  #endOf(index: number): number {
    return (index + 1) * this.#slotMs;
  }
}
