import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { KeyPackage, UnverifiedKeyPackage } from '../codec/key-package.js';
import type { Checked } from './checked.js';

/** What a KeyPackage is checked against. `now` is in seconds since 1970. */
export interface KeyPackageContext {
  readonly crypto: MlsCrypto;
  readonly cipherSuite: number;
  readonly now: number;
}

/** Checks a KeyPackage by itself, without a group (RFC 9420 §10.1, §7.3). */
export function verifyKeyPackage(
  keyPackage: UnverifiedKeyPackage,
  context: KeyPackageContext,
): Checked<KeyPackage> {
  throw new Error('not yet');
}
