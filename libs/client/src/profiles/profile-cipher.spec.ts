import { nodeCrypto } from '@phoenix/crypto';
import { padmeSize } from '@phoenix/wire';
import fc from 'fast-check';
import { openProfile, profileKeyId, sealProfile } from './profile-cipher.js';

const crypto = nodeCrypto();
const user = { uuid: crypto.random.uuid(), domain: 'example.com' };
const key = crypto.random.bytes(32);

describe('a profile', () => {
  it('is read with its key, for its user', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (content) => {
        expect(openProfile(crypto, key, user, sealProfile(crypto, key, user, content))).toEqual(content);
      }),
    );
  });

  it('is read with no other key, for no other user, and not when it was changed', () => {
    const sealed = sealProfile(crypto, key, user, Uint8Array.of(1, 2, 3));
    const other = { ...user, uuid: crypto.random.uuid() };
    expect(openProfile(crypto, crypto.random.bytes(32), user, sealed)).toBeUndefined();
    expect(openProfile(crypto, key, other, sealed)).toBeUndefined();
    expect(openProfile(crypto, key, user, sealed.slice(1))).toBeUndefined();
    expect(openProfile(crypto, key, user, new Uint8Array(0))).toBeUndefined();
  });

  it('has one of few sizes', () => {
    const sizes = Array.from({ length: 40 }, (_, i) =>
      sealProfile(crypto, key, user, new Uint8Array(i * 10)),
    );
    expect(new Set(sizes.map(({ length }) => length)).size).toBe(1);
    // Nonce, length and tag around a padded size.
    expect(sizes[0]!.length - 12 - 2 - 16).toBe(padmeSize(1));
  });

  it('is found under an id that tells neither key nor user, and is another for each', () => {
    const id = profileKeyId(crypto, key, user);
    expect(id).toHaveLength(16);
    expect(profileKeyId(crypto, key, user)).toEqual(id);
    expect(profileKeyId(crypto, key, { ...user, domain: 'example.org' })).not.toEqual(id);
    expect(profileKeyId(crypto, crypto.random.bytes(32), user)).not.toEqual(id);
  });
});
