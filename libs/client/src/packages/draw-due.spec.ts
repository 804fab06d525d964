import { Random } from '@phoenix/crypto';
import fc from 'fast-check';
import { drawDue } from './draw-due.js';

const WEEK_MS = 7 * 86_400_000;

class DrawnRandom extends Random {
  constructor(private readonly drawn: Uint8Array) {
    super();
  }

  bytes(): Uint8Array {
    return this.drawn;
  }
}

describe('when a leaf or package is replaced', () => {
  it('is one to three weeks before its end', () => {
    const drawn = fc.uint8Array({ minLength: 3, maxLength: 3 });
    const seconds = fc.bigInt({ min: 1_700_000_000n, max: 4_000_000_000n });
    fc.assert(
      fc.property(drawn, seconds, (bytes, notAfter) => {
        const left = Number(notAfter * 1000n - drawDue(new DrawnRandom(bytes), notAfter));
        expect(left).toBeGreaterThan(WEEK_MS);
        expect(left).toBeLessThanOrEqual(3 * WEEK_MS);
      }),
    );
  });

  it('is anywhere in between', () => {
    const at = (...bytes: number[]) =>
      Number(drawDue(new DrawnRandom(Uint8Array.from(bytes)), 2_000_000_000n));
    expect(at(0x80, 0, 0) - at(0, 0, 0)).toBe(WEEK_MS);
    expect(at(0xff, 0xff, 0xff) - at(0, 0, 0)).toBe(2 * WEEK_MS - 73);
  });
});
