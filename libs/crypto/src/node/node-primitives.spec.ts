import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { unhex } from '../testing/vectors.js';
import { nodeCrypto } from './node-crypto.js';
import { NodeRandom } from './node-random.js';
import { isSmallOrder } from './small-order.js';

const { hash, signer, aead } = nodeCrypto();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('HKDF-SHA256', () => {
  it('derives what RFC 5869 §A.1 derives', () => {
    const prk = hash.hkdfExtract(unhex('000102030405060708090a0b0c'), unhex('0b'.repeat(22)));
    expect(hex(prk)).toBe('077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5');
    expect(hex(hash.hkdfExpand(prk, unhex('f0f1f2f3f4f5f6f7f8f9'), 42))).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });

  it('refuses more than it can give', () => {
    expect(() => hash.hkdfExpand(new Uint8Array(32), new Uint8Array(0), 255 * 32 + 1)).toThrow(RangeError);
  });
});

describe('Ed25519', () => {
  it('signs what RFC 8032 §7.1 signs', () => {
    const seed = unhex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    expect(hex(signer.publicKey(seed))).toBe(
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    );
    expect(hex(signer.sign(seed, unhex('72')))).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
  });

  it('says no, and nothing else, to whatever is not a signature', () => {
    const { publicKey } = signer.generateKeyPair();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 70 }), (key, signature) => {
        expect(signer.verify(key, publicKey, signature)).toBe(false);
        expect(signer.verify(publicKey, key, signature)).toBe(false);
      }),
    );
  });
});

describe('Ed25519 keys of small order', () => {
  const torsion = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
  const points = Array.from({ length: 8 }, (_, i) =>
    i === 0 ? ed25519.Point.ZERO : torsion.multiplyUnsafe(BigInt(i)),
  );

  it('are the eight that the curve has', () => {
    expect(new Set(points.map((point) => point.toHex())).size).toBe(8);
    for (const point of points) expect(isSmallOrder(point.toBytes())).toBe(true);
    for (const end of ['ed', 'ee']) expect(isSmallOrder(unhex(`${end}${'ff'.repeat(30)}7f`))).toBe(true);
    expect(isSmallOrder(signer.generateKeyPair().publicKey)).toBe(false);
  });

  it('vouch for nothing, although the equation holds for the neutral element', () => {
    const neutral = ed25519.Point.ZERO.toBytes();
    const signature = new Uint8Array(64);
    signature.set(neutral);
    expect(signer.verify(neutral, unhex('00'), signature)).toBe(false);
  });
});

describe('AES-256-GCM', () => {
  const key = new NodeRandom().bytes(32);
  const nonce = new NodeRandom().bytes(12);

  it('opens what it sealed, under the same AAD alone', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array({ minLength: 1 }), (plaintext, aad) => {
        const sealed = aead.seal(key, nonce, aad, plaintext);
        expect(sealed).toHaveLength(plaintext.length + 16);
        expect(aead.open(key, nonce, aad, sealed)).toEqual(Buffer.from(plaintext));
        expect(aead.open(key, nonce, aad.subarray(1), sealed)).toBeUndefined();
      }),
    );
  });

  it('seals into an array, also over the plaintext, to the same ciphertext', () => {
    for (const length of [0, 1, 100, 300_000]) {
      const plaintext = new NodeRandom().bytes(length);
      const expected = aead.seal(key, nonce, key, plaintext);
      const target = new Uint8Array(length + 20).fill(7);
      target.set(plaintext, 2);
      aead.sealInto(target.subarray(2), key, nonce, key, target.subarray(2, 2 + length));
      expect(Buffer.compare(target.subarray(2, 18 + length), expected)).toBe(0);
      expect([...target.subarray(0, 2), ...target.subarray(18 + length)]).toEqual([7, 7, 7, 7]);
    }
  });

  it('refuses a truncated tag', () => {
    const sealed = aead.seal(key, nonce, new Uint8Array(0), new Uint8Array(0));
    for (let length = 0; length < 16; length++) {
      expect(aead.open(key, nonce, new Uint8Array(0), sealed.subarray(0, length))).toBeUndefined();
    }
  });
});

describe('random bytes', () => {
  it('never come twice, however they are drawn', () => {
    const random = new NodeRandom();
    const lengths = [12, 32, 16, 64, 65, 5000, 8192, 12];
    const drawn = Array.from({ length: 4000 }, (_, i) => random.bytes(lengths[i % lengths.length] as number));
    drawn.forEach((bytes, i) => expect(bytes).toHaveLength(lengths[i % lengths.length] as number));
    expect(new Set(drawn.map((bytes) => hex(bytes.subarray(0, 12)))).size).toBe(4000);
  });

  it('are the drawer’s own: changing them changes no other draw', () => {
    const random = new NodeRandom();
    const [first, second] = [random.bytes(12), random.bytes(12)];
    const before = hex(second);
    new Uint8Array(first.buffer).fill(0);
    expect(hex(second)).toBe(before);
  });
});

describe('what the providers hand out', () => {
  it('is no Buffer: a slice of it is a copy that can be wiped alone', () => {
    const key = new NodeRandom().bytes(32);
    const nonce = key.subarray(0, 12);
    const opened = aead.open(key, nonce, key, aead.seal(key, nonce, key, key));
    const pair = signer.generateKeyPair();
    for (const bytes of [
      hash.sha256(key),
      hash.hmac(key, key),
      hash.hkdfExpand(key, key, 32),
      opened,
      ...Object.values(pair),
    ]) {
      expect(Buffer.isBuffer(bytes)).toBe(false);
    }
  });
});

describe('a drawn UUID', () => {
  it('is of version 4 and variant 1', () => {
    const uuid = new NodeRandom().uuid();
    expect((uuid[6] as number) >> 4).toBe(4);
    expect((uuid[8] as number) >> 6).toBe(2);
  });
});
