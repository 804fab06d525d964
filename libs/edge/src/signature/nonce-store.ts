import type { Hash } from '@phoenix/crypto';
import { concat, done, type Outcome, refuse, utf8 } from '@phoenix/wire';

const SLOTS_PER_WINDOW = 5;
const TAG_BYTES = 16;

export interface NonceStoreOptions {
  readonly hash: Hash;
  /** Drawn at boot and kept nowhere else: what is remembered names nobody to whoever lacks it. */
  readonly bootKey: Uint8Array;
  readonly windowMs: number;
  /** When remembering began, in UTC milliseconds. */
  readonly startedMs: number;
  /** How many nonces are remembered; about 60 bytes each. */
  readonly capacity: number;
}

/**
 * The nonces that were used (docs/protocol §4), in memory, for as long as their requests would pass as fresh. A full store
 * refuses rather than forgets: forgetting would let a recorded request in a second time.
 */
export class NonceStore {
  readonly #options: NonceStoreOptions;
  readonly #slotMs: number;
  readonly #startedSecond: number;
  /** Tags by the slot of time in which they expire, so that a whole slot is dropped at once. */
  readonly #slots = new Map<number, Set<string>>();
  #size = 0;

  constructor(options: NonceStoreOptions) {
    this.#options = options;
    this.#startedSecond = Math.floor(options.startedMs / 1000) * 1000;
    this.#slotMs = Math.ceil(options.windowMs / SLOTS_PER_WINDOW);
  }

  /** What is remembered of a use: the same for the same key, scope and nonce. */
  tagOf(publicKey: Uint8Array, scope: string, nonce: Uint8Array): string {
    const { hash, bootKey } = this.#options;
    const tag = hash.hmac(bootKey, concat(publicKey, nonce, utf8(scope)));
    return String.fromCharCode(...tag.subarray(0, TAG_BYTES));
  }

  /** Takes a tag once; `createdMs` is when its request says it was made, which bounds how long it must be remembered. */
  take(tag: string, createdMs: number, nowMs: number): Outcome<void> {
    if (createdMs < this.#startedSecond) return this.#tooEarly(createdMs);
    this.#prune(nowMs);
    for (const slot of this.#slots.values()) if (slot.has(tag)) return refuse('REQUEST_REPLAYED');
    if (this.#size >= this.#options.capacity) return this.#full(nowMs);
    this.#slotOf(createdMs + this.#options.windowMs).add(tag);
    this.#size++;
    return done();
  }

  /** Whether a request from before the store began was used then, nobody knows: made again, it is another request. */
  #tooEarly(createdMs: number): Outcome<never> {
    return refuse('UNAVAILABLE', { retryAfterMs: this.#startedSecond - createdMs });
  }

  #slotOf(expiresMs: number): Set<string> {
    const index = Math.floor(expiresMs / this.#slotMs);
    const slot = this.#slots.get(index) ?? new Set<string>();
    this.#slots.set(index, slot);
    return slot;
  }

  /** Drops the slots that lie wholly in the past. */
  #prune(nowMs: number): void {
    for (const [index, slot] of this.#slots) {
      if (this.#endOf(index) >= nowMs) continue;
      this.#slots.delete(index);
      this.#size -= slot.size;
    }
  }

  #full(nowMs: number): Outcome<never> {
    const next = Math.min(...this.#slots.keys());
    return refuse('UNAVAILABLE', { retryAfterMs: Math.max(this.#endOf(next) - nowMs + 1, 1) });
  }

  #endOf(index: number): number {
    return (index + 1) * this.#slotMs;
  }
}
