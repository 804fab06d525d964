import { utf8 } from '@phoenix/wire';
import { NodeHash } from '../node/node-hash.js';
import { Random } from '../ports/random.js';

/** The same bytes for the same seed: HKDF-Expand over a counter. For tests alone. */
export class SeededRandom extends Random {
  readonly #hash = new NodeHash();
  #counter = 0;

  constructor(private readonly seed: string) {
    super();
  }

  bytes(length: number): Uint8Array {
    const block = utf8(`${this.seed} ${this.#counter++}`);
    const prk = this.#hash.sha256(block);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 8160) {
      bytes.set(this.#hash.hkdfExpand(prk, utf8(String(at)), Math.min(8160, length - at)), at);
    }
    return bytes;
  }
}
