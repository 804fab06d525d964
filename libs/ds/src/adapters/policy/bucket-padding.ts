import { PaddingPolicy, type SectionSizes } from '../../ports/padding-policy.js';

/**
 * A tree takes somewhat more than four times its roster's bytes, whatever the group's size: at four, a thousand members
 * would fill half of both their buckets, and every request would pay for the rest.
 */
const TREE_TO_ROSTER = 5;
const FLOOR = 32 * 1024;

/** Settings of `BucketPadding`; both may only be raised. */
export interface BucketPaddingOptions {
  /** Bytes of the smallest roster, at least 32 KiB: some 120 members. */
  readonly floor?: number;
  /** Growth from bucket to bucket, at least 2. */
  readonly factor?: number;
}

/**
 * Power-of-two buckets from a floor of 32 KiB, the default. The tree section has buckets five times the roster's:
 * were they equal, sending a message to a thousand members would read five times the bytes it needs.
 */
export class BucketPadding extends PaddingPolicy {
  readonly #floor: number;
  readonly #factor: number;

  constructor({ floor = FLOOR, factor = 2 }: BucketPaddingOptions = {}) {
    super();
    if (!Number.isInteger(floor) || floor < FLOOR) throw new RangeError('padding floor below 32 KiB');
    if (!Number.isInteger(factor) || factor < 2) throw new RangeError('padding factor below 2');
    this.#floor = floor;
    this.#factor = factor;
  }

  sizes(number: number): SectionSizes {
    const roster = this.#floor * this.#factor ** number;
    return { roster, tree: roster * TREE_TO_ROSTER };
  }
}
