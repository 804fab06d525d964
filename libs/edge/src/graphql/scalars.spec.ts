import fc from 'fast-check';
import { BytesScalar } from './bytes-scalar.js';
import { UInt64Scalar } from './uint64-scalar.js';

describe('Bytes', () => {
  it('travels as base64url and comes back in an array of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const parsed = BytesScalar.parseValue(BytesScalar.serialize(bytes));
        expect(parsed).toEqual(bytes);
        expect(parsed.buffer.byteLength).toBe(bytes.length);
      }),
    );
  });

  it('serializes a part of an array', () => {
    expect(BytesScalar.serialize(Uint8Array.of(0, 1, 2, 3).subarray(1, 3))).toBe('AQI');
  });

  it('has one spelling for each value', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('AQgwz09-_=+/ \n')), maxLength: 7 });
    fc.assert(
      fc.property(text, (candidate) => {
        let parsed: Uint8Array | undefined;
        try {
          parsed = BytesScalar.parseValue(candidate);
        } catch {
          return;
        }
        expect(BytesScalar.serialize(parsed)).toBe(candidate);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([1, true, null, {}, ['AA'], 'A', 'AB', 'AA==', 'A+A_'])('is not %j', (value) => {
    expect(() => BytesScalar.parseValue(value)).toThrow();
  });

  it('serializes nothing but bytes', () => {
    expect(() => BytesScalar.serialize('AA')).toThrow(TypeError);
  });
});

describe('UInt64', () => {
  it('travels as a decimal string', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        expect(UInt64Scalar.parseValue(UInt64Scalar.serialize(value))).toBe(value);
      }),
    );
  });

  it.each([1, 1n, null, '', '01', '-1', '+1', '1.0', '1e3', ' 1', '0x1', '18446744073709551616'])(
    'is not %p',
    (value) => {
      expect(() => UInt64Scalar.parseValue(value)).toThrow();
    },
  );

  it.each([1, -1n, 2n ** 64n])('does not serialize %p', (value) => {
    expect(() => UInt64Scalar.serialize(value)).toThrow(TypeError);
  });
});
