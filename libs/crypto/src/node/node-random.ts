import { randomFillSync } from 'node:crypto';
import { Random } from '../ports/random.js';

const POOL_BYTES = 8192;
/** Longer draws go past the pool: what they would save is nothing. */
const LONGEST_POOLED = 64;

/**
 * The operating system's generator. Short draws, nonces and keys, come out of a pool that is filled at once: a queue of a
 * thousand recipients draws thousands of them. What was drawn is overwritten in the pool.
 */
export class NodeRandom extends Random {
  readonly #pool = new Uint8Array(POOL_BYTES);
  #at = POOL_BYTES;

  bytes(length: number): Uint8Array {
    if (length > LONGEST_POOLED) return randomFillSync(new Uint8Array(length));
    if (this.#at + length > POOL_BYTES) this.#fill();
    const drawn = this.#pool.slice(this.#at, this.#at + length);
    this.#pool.fill(0, this.#at, this.#at + length);
    this.#at += length;
    return drawn;
  }

  #fill(): void {
    randomFillSync(this.#pool);
    this.#at = 0;
  }
}
