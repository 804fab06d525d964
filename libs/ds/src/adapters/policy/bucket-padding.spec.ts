import fc from 'fast-check';
import { SECTION_OVERHEAD } from '../../domain/section-padding.js';
import { sizesFor } from '../../service/section-sizes.js';
import { BucketPadding } from './bucket-padding.js';

const size = fc.integer({ min: 0, max: 3_000_000 });
const contents = fc.record({ roster: size, tree: size });
const policy = new BucketPadding();
const NONE = { roster: 0, tree: 0 };

describe('bucket padding', () => {
  it('starts at 32 KiB and doubles, for both sections by one number', () => {
    expect(policy.sizes(0)).toEqual({ roster: 32 * 1024, tree: 160 * 1024 });
    expect(policy.sizes(3)).toEqual({ roster: 256 * 1024, tree: 1280 * 1024 });
    expect(new BucketPadding({ floor: 65_536, factor: 4 }).sizes(2).roster).toBe(1024 * 1024);
  });

  it('gives the smallest bucket that holds both sections', () => {
    fc.assert(
      fc.property(contents, ({ roster, tree }) => {
        const sizes = sizesFor(policy, { roster, tree }, NONE);
        const number = Math.log2(sizes.roster / (32 * 1024));
        expect(policy.sizes(number)).toEqual(sizes);
        expect(sizes.roster >= roster + SECTION_OVERHEAD && sizes.tree >= tree + SECTION_OVERHEAD).toBe(true);
        if (number === 0) return;
        const smaller = policy.sizes(number - 1);
        const holds = smaller.roster >= roster + SECTION_OVERHEAD && smaller.tree >= tree + SECTION_OVERHEAD;
        expect(holds).toBe(false);
      }),
    );
  });

  it('never moves a row to a smaller one', () => {
    fc.assert(
      fc.property(contents, contents, (first, second) => {
        const before = sizesFor(policy, first, NONE);
        const after = sizesFor(policy, second, before);
        expect(after.roster >= before.roster && after.tree >= before.tree).toBe(true);
      }),
    );
  });

  it('never moves a row to a smaller one when the settings change, either, and keeps one number for both', () => {
    const settings = fc.record({
      floor: fc.integer({ min: 32_768, max: 1_000_000 }),
      factor: fc.integer({ min: 2, max: 16 }),
    });
    fc.assert(
      fc.property(settings, settings, contents, contents, (first, second, old, next) => {
        const [earlier, later] = [new BucketPadding(first), new BucketPadding(second)];
        const before = sizesFor(earlier, old, NONE);
        const after = sizesFor(later, next, before);
        expect(after.roster >= before.roster && after.tree >= before.tree).toBe(true);
        expect(after.tree).toBe(5 * after.roster);
      }),
    );
  });

  it('refuses settings below the protocol’s', () => {
    for (const options of [{ floor: 16_384 }, { floor: 40_000.5 }, { factor: 1 }, { factor: 1.5 }])
      expect(() => new BucketPadding(options)).toThrow(RangeError);
  });
});
