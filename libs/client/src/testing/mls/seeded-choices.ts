import { SeededRandom } from '@phoenix/crypto/testing';

/** The same bytes and the same choices for the same seed. For tests. */
export class SeededChoices extends SeededRandom {
  constructor(seed: number) {
    super(String(seed));
  }

  /** An integer from 0 to below `bound`. */
  below(bound: number): number {
    return new DataView(this.bytes(4).buffer).getUint32(0) % bound;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}
