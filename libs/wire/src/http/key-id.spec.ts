import { formatKeyId, parseKeyId } from './key-id.js';

const UUID = '0b6cf7f3-7c0b-4c5e-8f0e-0d6a1c2b3d4e';
const REFERENCE = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

describe('a key id', () => {
  it.each([
    `client:${UUID}.${UUID}@example.com`,
    'alias:a.b',
    `alias:${'z_-9'.repeat(15)}abc`,
    `qs-user:${UUID}`,
    `qs-client:${UUID}`,
    'leaf:0',
    'leaf:4294967295',
    `joiner:${REFERENCE}`,
  ])('is read from %s and written as it was', (text) => {
    const keyId = parseKeyId(text);
    expect(keyId && formatKeyId(keyId)).toBe(text);
  });

  it.each([
    '',
    'leaf',
    ':0',
    'leaf:',
    'leaf:01',
    'leaf:-1',
    'leaf:4294967296',
    'Leaf:0',
    'admin:0',
    'leaf:0 ',
    'alias:ab',
    `alias:${'a'.repeat(64)}`,
    'alias:Ada',
    'alias:ada@example.com',
    'alias:ad a',
    `qs-user:${UUID.toUpperCase()}`,
    `qs-user:${UUID}\n`,
    `client:${UUID}.${UUID}`,
    `client:${UUID}.${UUID}@EXAMPLE.com`,
    `client:${UUID}.${UUID}@a@b`,
    `joiner:${REFERENCE}A`,
    `joiner:${REFERENCE.slice(0, -1)}9`,
  ])('is not %j', (text) => {
    expect(parseKeyId(text)).toBeUndefined();
  });
});
