import { verifyKeyPackage } from '../../validation/verify-key-package.js';
import { keyPackageTbs, type UnverifiedKeyPackage } from '../../codec/key-package.js';
import type { RuleId } from '../../validation/rules.js';
import { buildKeyPackage, type KeyPackageFields } from '../build-key-package.js';
import { CAPABILITIES } from '../build-leaf-node.js';
import { nodeMlsCrypto } from '../node-mls-crypto.js';
import type { RuleCase } from './rule-case.js';

const NOW = 1_000_000;
const context = { crypto: nodeMlsCrypto(), cipherSuite: 1, now: NOW };
const extension = { type: 0xabab, data: new Uint8Array(0) };

const built = (fields: KeyPackageFields): RuleCase => {
  return () => verifyKeyPackage(buildKeyPackage(fields).keyPackage, context);
};
const altered = (alter: (keyPackage: UnverifiedKeyPackage) => UnverifiedKeyPackage): RuleCase => {
  return () => verifyKeyPackage(alter(buildKeyPackage().keyPackage), context);
};
/** The KeyPackage is signed, its leaf was changed before that. */
const leafForged: RuleCase = () => {
  const { keyPackage, signer } = buildKeyPackage();
  const leafNode = { ...keyPackage.leafNode, encryptionKey: new Uint8Array(32).fill(9) };
  const content = { ...keyPackage, leafNode };
  const signature = signer.signWithLabel('KeyPackageTBS', keyPackageTbs(content));
  return verifyKeyPackage({ ...content, signature }, context);
};

/** KeyPackages by themselves. */
export const keyPackageCases = {
  'mls.5.1-key-length': built({ encryptionKey: new Uint8Array(31) }),
  'mls.7.3-signature': leafForged,
  'mls.7.3-version': built({ capabilities: { ...CAPABILITIES, versions: [2] } }),
  'mls.7.3-cipher-suite': built({ capabilities: { ...CAPABILITIES, cipherSuites: [3] } }),
  'mls.7.3-credential-supported': built({ capabilities: { ...CAPABILITIES, credentials: [2] } }),
  'mls.7.3-extensions': built({ leafExtensions: [extension] }),
  'mls.7.3-lifetime': built({ lifetime: { notBefore: 0n, notAfter: BigInt(NOW - 1) } }),
  'mls.7.3-source': altered((k) => ({ ...k, leafNode: { ...k.leafNode, source: { type: 'update' } } })),
  'mls.10.1-cipher-suite': altered((k) => ({ ...k, cipherSuite: 3 })),
  'mls.10.1-signature': altered((k) => ({ ...k, signature: k.signature.map((b) => b ^ 1) })),
  'mls.10.1-init-key': built({
    initKey: new Uint8Array(32).fill(9),
    encryptionKey: new Uint8Array(32).fill(9),
  }),
  'mls.13.4-duplicate-extension': built({ extensions: [extension, extension] }),
} satisfies Partial<Record<RuleId, RuleCase>>;
