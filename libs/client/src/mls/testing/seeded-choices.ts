import { createHash } from 'node:crypto';
import { Random } from '@phoenix/crypto';

/** The same bytes and the same choices for the same seed: SHA-256 of a counter. For tests. */
export class SeededChoices extends Random {
  private counter = 0;

  constructor(private readonly seed: number) {
    super();
  }

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
    return new DataView(this.bytes(4).buffer).getUint32(0) % bound;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}
