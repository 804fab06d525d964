import fc from 'fast-check';
import { DecodeError } from '../tls/decode-error.js';
import { pad, padmeSize, unpad } from './padding.js';

const content = fc.oneof(
  fc.uint8Array({ maxLength: 700 }),
  fc.uint8Array({ minLength: 3000, maxLength: 70_000 }),
);

describe('padding', () => {
  it('gives the content back', () => {
    fc.assert(fc.property(content, (bytes) => expect(unpad(pad(bytes))).toEqual(bytes)));
  });

  it('makes sizes that only Padmé has, 512 bytes at the least', () => {
    fc.assert(
      fc.property(content, (bytes) => {
        const { length } = pad(bytes);
        expect(length).toBeGreaterThanOrEqual(512);
        expect(padmeSize(length)).toBe(length);
      }),
    );
  });

  it('adds little: at most an eighth, the floor aside', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4096, max: 1_000_000 }), (length) => {
        expect(padmeSize(length)).toBeLessThanOrEqual(length * 1.125);
      }),
    );
  });

  it('makes short contents look alike', () => {
    expect(pad(new Uint8Array(0))).toHaveLength(512);
    expect(pad(new Uint8Array(500))).toHaveLength(512);
  });

  it('has one form: other sizes and hidden bytes are refused', () => {
    const padded = pad(Uint8Array.from([1, 2, 3]));
    padded[padded.length - 1] = 1;
    expect(() => unpad(padded)).toThrow(DecodeError);
    expect(() => unpad(Uint8Array.from([1, 7, 0]))).toThrow(DecodeError);
    expect(() => unpad(new Uint8Array(0))).toThrow(DecodeError);
  });
});
