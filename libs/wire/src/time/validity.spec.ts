import fc from 'fast-check';
import { isCurrent, liesWithin } from '../credentials/expiration-data.js';
import { monthNumber, startOfMonth, startOfWeek } from './month.js';
import {
  asCredentialValidity,
  clientCredentialValidity,
  connectionPackageValidity,
  intermediateValidity,
  isConnectionPackageValidity,
  isLeafValidity,
  leafValidity,
} from './validity.js';

const NOW = Date.UTC(2026, 10, 22, 16, 30);
const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2090, 0) });
const seconds = (...utc: [number, number, number]): bigint => BigInt(Date.UTC(...utc) / 1000);

describe('months and weeks', () => {
  it('begin where the calendar says', () => {
    expect(startOfMonth(NOW)).toBe(Date.UTC(2026, 10, 1));
    expect(startOfMonth(NOW, -11)).toBe(Date.UTC(2025, 11, 1));
    expect(startOfWeek(NOW)).toBe(Date.UTC(2026, 10, 16));
    expect(monthNumber(0)).toBe(0);
    expect(monthNumber(NOW)).toBe(56 * 12 + 10);
  });

  it('start every week on a Monday', () => {
    fc.assert(
      fc.property(moment, (ms) => {
        expect(new Date(startOfWeek(ms)).getUTCDay()).toBe(1);
        expect(ms - startOfWeek(ms)).toBeLessThan(7 * 86_400_000);
      }),
    );
  });
});

describe('validities', () => {
  it('have the lives of the protocol', () => {
    expect(asCredentialValidity(NOW)).toEqual({
      notBefore: seconds(2026, 8, 1),
      notAfter: seconds(2031, 8, 1) - 1n,
    });
    expect(intermediateValidity(NOW)).toEqual({
      notBefore: seconds(2026, 8, 1),
      notAfter: seconds(2027, 8, 1) - 1n,
    });
    expect(clientCredentialValidity(NOW)).toEqual({
      notBefore: seconds(2026, 9, 1),
      notAfter: seconds(2027, 2, 1) - 1n,
    });
    expect(connectionPackageValidity(NOW)).toEqual({
      notBefore: seconds(2026, 9, 1),
      notAfter: seconds(2027, 1, 1) - 1n,
    });
    expect(leafValidity(NOW)).toEqual({
      notBefore: seconds(2026, 10, 16),
      notAfter: seconds(2027, 0, 11) - 1n,
    });
  });

  it('lie within each other when they begin together, and run now', () => {
    fc.assert(
      fc.property(moment, (ms) => {
        const [root, intermediate] = [asCredentialValidity(ms), intermediateValidity(ms)];
        expect(liesWithin(intermediate, root)).toBe(true);
        expect(liesWithin(clientCredentialValidity(ms), intermediate)).toBe(true);
        expect(liesWithin(leafValidity(ms), clientCredentialValidity(ms))).toBe(true);
        expect(isCurrent(leafValidity(ms), ms)).toBe(true);
      }),
    );
  });

  it('of leaves have one shape', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 604_799 }), (ms, shift) => {
        const { notBefore, notAfter } = leafValidity(ms);
        expect(isLeafValidity({ notBefore, notAfter })).toBe(true);
        expect(isLeafValidity({ notBefore: notBefore + BigInt(shift), notAfter })).toBe(false);
        expect(isLeafValidity({ notBefore, notAfter: notAfter + BigInt(shift) })).toBe(false);
      }),
    );
  });

  it('of connection packages have one shape', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 2_419_199 }), (ms, shift) => {
        const { notBefore, notAfter } = connectionPackageValidity(ms);
        expect(isConnectionPackageValidity({ notBefore, notAfter })).toBe(true);
        expect(isConnectionPackageValidity({ notBefore: notBefore + BigInt(shift), notAfter })).toBe(false);
        expect(isConnectionPackageValidity({ notBefore, notAfter: notAfter + BigInt(shift) })).toBe(false);
        expect(isCurrent({ notBefore, notAfter }, ms)).toBe(true);
      }),
    );
  });

  it('refuse an end before the beginning', () => {
    const outer = { notBefore: 0n, notAfter: 10n };
    expect(liesWithin({ notBefore: 5n, notAfter: 4n }, outer)).toBe(false);
    expect(isLeafValidity({ notBefore: 0xffffffffffffffffn, notAfter: 0n })).toBe(false);
    expect(isConnectionPackageValidity({ notBefore: 0xffffffffffffffffn, notAfter: 0n })).toBe(false);
  });
});
