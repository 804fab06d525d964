import type { KeyPackage } from '../codec/key-package.js';
import { keyPackageRef } from '../crypto/ref-hash.js';
import { buildKeyPackage } from '../testing/build-key-package.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { verifyKeyPackage } from './verify-key-package.js';

const context = { crypto: nodeMlsCrypto(), cipherSuite: 1, now: 5_000 };

describe('verifyKeyPackage', () => {
  it('turns an unverified KeyPackage into another type, and nothing else does', () => {
    const { keyPackage } = buildKeyPackage();
    // @ts-expect-error what was decoded is not yet a KeyPackage
    const unchecked: KeyPackage = keyPackage;
    const checked = verifyKeyPackage(unchecked, context);
    expect(checked).toEqual({ ok: true, value: keyPackage });
  });

  it('counts both ends of the lifetime in, and takes fractions of a second', () => {
    const { keyPackage } = buildKeyPackage({ lifetime: { notBefore: 4_000n, notAfter: 6_000n } });
    const okAt = (now: number): boolean => verifyKeyPackage(keyPackage, { ...context, now }).ok;
    expect([3_999, 4_000, 6_000, 6_000.9, 6_001].map(okAt)).toEqual([false, true, true, true, false]);
  });

  it('names equal KeyPackages by equal references', () => {
    const ref = (seed: number): Uint8Array =>
      keyPackageRef(context.crypto, buildKeyPackage({ seed }).keyPackage);
    expect(ref(1)).toEqual(ref(1));
    expect(ref(1)).not.toEqual(ref(2));
    expect(ref(1)).toHaveLength(32);
  });
});
