import { CIPHER_SUITES, type CipherSuite } from '../crypto/cipher-suite.js';
import type { PublicGroup } from './public-group.js';

/** The group's cipher suite, which was known when the group was created. */
export function suiteOf(group: PublicGroup): CipherSuite {
  const suite = CIPHER_SUITES.get(group.cipherSuite);
  if (suite === undefined) throw new TypeError('a group of an unknown cipher suite');
  return suite;
}
