import fc from 'fast-check';
import { formatBase64, formatBase64Url, parseBase64, parseBase64Url } from './base64.js';

const bytes = fc.uint8Array({ maxLength: 70 });

describe('base64', () => {
  it('writes and reads what node:buffer does', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(formatBase64(value)).toBe(Buffer.from(value).toString('base64'));
        expect(formatBase64Url(value)).toBe(Buffer.from(value).toString('base64url'));
        expect(parseBase64(formatBase64(value))).toEqual(value);
        expect(parseBase64Url(formatBase64Url(value))).toEqual(value);
      }),
    );
  });

  it('has one spelling for each value: whatever parses formats to what was parsed', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('AQgwz09+/-_=\n é')), maxLength: 9 });
    fc.assert(
      fc.property(text, (candidate) => {
        const standard = parseBase64(candidate);
        const urlSafe = parseBase64Url(candidate);
        if (standard !== undefined) expect(formatBase64(standard)).toBe(candidate);
        if (urlSafe !== undefined) expect(formatBase64Url(urlSafe)).toBe(candidate);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['A', 'AB', 'AAF', 'AA==', 'A A=', 'AA\n', '+A', '====', 'éé'])(
    'refuses %j as base64url',
    (text) => {
      expect(parseBase64Url(text)).toBeUndefined();
    },
  );

  it.each(['AA', 'AB==', 'AAF=', 'AA=A', '====', '=', 'AA==AA==', '-_8='])('refuses %j as base64', (text) => {
    expect(parseBase64(text)).toBeUndefined();
  });
});
