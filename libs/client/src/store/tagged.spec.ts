import { decode, encode, fixed, struct, u16 } from '@phoenix/wire';
import { tagged } from './tagged.js';

const shape = tagged({ circle: [1, struct({ radius: u16 })], blob: [7, struct({ bytes: fixed(2) })] });

describe('a tagged union', () => {
  it('gives back each kind as it was written', () => {
    const circle = { kind: 'circle', radius: 300 } as const;
    const blob = { kind: 'blob', bytes: Uint8Array.of(1, 2) } as const;
    expect(decode(shape, encode(shape, circle))).toEqual(circle);
    expect(decode(shape, encode(shape, blob))).toEqual(blob);
    expect(encode(shape, circle)).toEqual(Uint8Array.of(1, 1, 44));
  });

  it('refuses an octet of no kind', () => {
    expect(() => decode(shape, Uint8Array.of(2, 0, 0))).toThrow('unknown-value');
  });
});
