import { createHash } from 'node:crypto';

/** Bytes and choices that follow from a seed: SHA-256 in counter mode. */
export class SeededBytes {
  #counter = 0;

  constructor(private readonly seed: number) {}

  bytes(length: number): Uint8Array {
    const output = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += 32) {
      const block = createHash('sha256').update(`${this.seed}/${this.#counter++}`).digest();
      output.set(block.subarray(0, length - offset), offset);
    }
    return output;
  }

  /** An integer from 0 to below `bound`. */
  below(bound: number): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.bytes(4);
    return (((a * 256 + b) * 256 + c) * 256 + d) % bound;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}
