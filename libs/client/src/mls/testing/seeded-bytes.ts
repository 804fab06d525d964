import { createHash } from 'node:crypto';

/** Random bytes of a seed: SHA-256 in counter mode. For tests. */
export class SeededBytes {
  private counter = 0;

  constructor(private readonly seed: number) {}

  bytes(length: number): Uint8Array {
    const output = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += 32) {
      const block = createHash('sha256').update(`${this.seed}/${this.counter++}`).digest();
      output.set(block.subarray(0, length - offset), offset);
    }
    return output;
  }

  /** An integer from 0 to below `bound`. */
  below(bound: number): number {
    return Buffer.from(this.bytes(4)).readUInt32BE() % bound;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}
