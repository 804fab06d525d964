import fc from 'fast-check';
import { applied, composed, deltaOf, NO_CHANGE, type Rows, type RowsDelta } from './rows-delta.js';

const row = fc.option(fc.uint8Array({ maxLength: 3 }), { nil: undefined });
const rows: fc.Arbitrary<Rows> = fc.array(row, { maxLength: 8 });

/** Rows go on without end: blank ones at the end are none. */
const trimmed = (some: Rows) => some.slice(0, some.findLastIndex((each) => each !== undefined) + 1);

/** Rows as a tree has them: objects that know their bytes. */
const encodable = (some: Rows) => some.map((bytes) => bytes && { bytes });
const between = (newer: Rows, older: Rows): RowsDelta => deltaOf(encodable(newer), encodable(older));

describe('a delta of rows', () => {
  it('leads from the newer rows to the older ones', () => {
    fc.assert(
      fc.property(rows, rows, (newer, older) => {
        expect(trimmed(applied(newer, between(newer, older)))).toEqual(trimmed(older));
      }),
    );
  });

  it('takes the place of all that it was composed of, whatever grew and shrank in between', () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 6 }), (history) => {
        const deltas = history.slice(1).map((older, i) => between(history[i] as Rows, older));
        const delta = deltas.reduce(composed, NO_CHANGE);
        expect(trimmed(applied(history[0] as Rows, delta))).toEqual(trimmed(history.at(-1) as Rows));
      }),
    );
  });

  it('names no row twice, however many it was composed of', () => {
    const blank: Rows = [undefined, Uint8Array.of(1)];
    const full: Rows = [Uint8Array.of(2), Uint8Array.of(3)];
    const there = between(blank, full);
    const back = between(full, blank);
    let delta = there;
    for (let i = 0; i < 50; i++) delta = composed(composed(delta, back), there);
    expect(delta).toHaveLength(there.length);
  });

  it('looks into no row that is one and the same object', () => {
    const row = {
      get bytes(): Uint8Array {
        throw new Error('it was looked into');
      },
    };
    expect(deltaOf([row], [row])).toEqual(NO_CHANGE);
  });

  it('is empty where nothing differs', () => {
    const same: Rows = [Uint8Array.of(1), undefined];
    expect(between(same, [Uint8Array.of(1)])).toEqual(NO_CHANGE);
  });
});
