import fc from 'fast-check';
import { aClientId, aUserId, bytes } from '../testing/arbitraries.js';
import { formatClientId, parseClientId } from './client-id.js';
import { isDomain } from './domain.js';
import { formatUserId, parseUserId } from './user-id.js';
import { formatUuid, parseUuid } from './uuid.js';

describe('ids as text', () => {
  it('are read back as they were written', () => {
    fc.assert(fc.property(bytes(16), (uuid) => expect(parseUuid(formatUuid(uuid))).toEqual(uuid)));
    fc.assert(fc.property(aUserId, (id) => expect(parseUserId(formatUserId(id))).toEqual(id)));
    fc.assert(fc.property(aClientId, (id) => expect(parseClientId(formatClientId(id))).toEqual(id)));
  });

  it('have one form: whatever is read is written the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF-.@xy'.split('')) }),
        (text) => {
          const id = parseClientId(text);
          if (id !== undefined) expect(formatClientId(id)).toBe(text);
        },
      ),
    );
  });

  it('refuse upper case, braces and missing parts', () => {
    const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';
    expect(parseUuid(uuid)).toBeDefined();
    expect(parseUuid(uuid.toUpperCase())).toBeUndefined();
    expect(parseUuid(`{${uuid}}`)).toBeUndefined();
    expect(parseUserId(uuid)).toBeUndefined();
    expect(parseUserId(`${uuid}@`)).toBeUndefined();
    expect(parseUserId(`${uuid}@a@b`)).toBeUndefined();
    expect(parseClientId(`${uuid}@example.com`)).toBeUndefined();
  });
});

describe('a domain', () => {
  it.each(['localhost', 'example.com', 'xn--bcher-kva.example', '0.example'])('may be %s', (text) => {
    expect(isDomain(text)).toBe(true);
  });

  it.each([
    '',
    '.',
    'Example.com',
    'example.com.',
    '-a.com',
    'a-.com',
    'a..b',
    'a:80',
    'a b',
    'é.fr',
    `${'a'.repeat(64)}.com`,
  ])('may not be %j', (text) => {
    expect(isDomain(text)).toBe(false);
  });
});
