import { equal } from '@phoenix/wire';
import { type KeyPackage, keyPackageTbs, type UnverifiedKeyPackage } from '../codec/key-package.js';
import { CIPHER_SUITES } from '../crypto/cipher-suite.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { signContent } from '../crypto/sign-content.js';
import { accept, type Checked, refuse } from './checked.js';
import { checkExtensionList } from './check-extensions.js';
import { checkLeafContent, checkLeafSignature, checkLifetime } from './check-leaf-node.js';
import type { RuleId } from './rules.js';

/** What a KeyPackage is checked against. */
export interface KeyPackageContext {
  readonly crypto: MlsCrypto;
  /** The suite that is asked for, and that `crypto` speaks. */
  readonly cipherSuite: number;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Checks a KeyPackage by itself, without a group (RFC 9420 §10.1, §7.3). */
export function verifyKeyPackage(
  keyPackage: UnverifiedKeyPackage,
  context: KeyPackageContext,
): Checked<KeyPackage> {
  const rule = checkContent(keyPackage, context) ?? checkSignatures(keyPackage, context.crypto);
  return rule === undefined ? accept(keyPackage as KeyPackage) : refuse(rule);
}

function checkContent(keyPackage: UnverifiedKeyPackage, context: KeyPackageContext): RuleId | undefined {
  const { cipherSuite, initKey, leafNode } = keyPackage;
  const suite = CIPHER_SUITES.get(cipherSuite);
  if (suite === undefined || cipherSuite !== context.cipherSuite) return 'mls.10.1-cipher-suite';
  if (initKey.length !== suite.kemKeyLength) return 'mls.5.1-key-length';
  if (equal(initKey, leafNode.encryptionKey)) return 'mls.10.1-init-key';
  return (
    checkLifetime(leafNode, context.now) ??
    checkLeafContent(leafNode, suite) ??
    checkExtensionList(keyPackage.extensions)
  );
}

function checkSignatures(keyPackage: UnverifiedKeyPackage, crypto: MlsCrypto): RuleId | undefined {
  const { leafNode } = keyPackage;
  const signed = signContent('KeyPackageTBS', keyPackageTbs(keyPackage));
  if (!crypto.verify(leafNode.signatureKey, signed, keyPackage.signature)) return 'mls.10.1-signature';
  return checkLeafSignature(crypto, leafNode);
}
