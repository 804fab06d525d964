import { type Codec, decode, DecodeError, encode } from '@phoenix/wire';
import fc, { type Arbitrary } from 'fast-check';
import { anyPendingFanOut, anyRoster, anyTreeSection } from '../testing/arbitraries.js';
import { pendingFanOut } from './pending-fan-out.js';
import { roster } from './roster.js';
import { treeSection } from './tree-section.js';

function holdsFor<T>(codec: Codec<T>, any: Arbitrary<T>): void {
  it('reads back what it wrote', () => {
    fc.assert(fc.property(any, (value) => expect(decode(codec, encode(codec, value))).toEqual(value)));
  });

  it('has one encoding of what it reads, and refuses the rest by a DecodeError alone', () => {
    const change = fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(any, change, (value, { at, by }) => {
        const bytes = encode(codec, value);
        const index = at % bytes.length;
        const changed = bytes.map((byte, i) => (i === index ? byte ^ by : byte));
        const read = readOrRefuse(codec, changed);
        if (read !== undefined) expect(encode(codec, read)).toHaveLength(changed.length);
      }),
    );
  });

  it('refuses what is cut short or longer', () => {
    fc.assert(
      fc.property(any, fc.nat(), (value, cut) => {
        const bytes = encode(codec, value);
        expect(() => decode(codec, bytes.subarray(0, cut % bytes.length))).toThrow(DecodeError);
        expect(() => decode(codec, Uint8Array.of(...bytes, 0))).toThrow(DecodeError);
      }),
    );
  });
}

function readOrRefuse<T>(codec: Codec<T>, bytes: Uint8Array): T | undefined {
  try {
    return decode(codec, bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
    return undefined;
  }
}

describe('the roster section', () => holdsFor(roster, anyRoster));
describe('the tree section', () => holdsFor(treeSection, anyTreeSection));
describe('a pending fan-out', () => holdsFor(pendingFanOut, anyPendingFanOut));
