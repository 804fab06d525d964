import { keyPackageTbs, type UnverifiedKeyPackage } from '../../codec/key-package.js';
import type { Checked } from '../../validation/checked.js';
import type { RuleId } from '../../validation/rules.js';
import { verifyKeyPackage } from '../../validation/verify-key-package.js';
import { buildKeyPackage, type KeyPackageFields } from '../build-key-package.js';
import { CAPABILITIES } from '../build-leaf-node.js';
import { nodeMlsCrypto } from '../node-mls-crypto.js';
import { between, type RuleCase } from './rule-case.js';

const NOW = 1_000_000;
const context = { crypto: nodeMlsCrypto(), cipherSuite: 1, now: NOW };
const extension = { type: 0xabab, data: new Uint8Array(0) };
const other = { type: 0xacac, data: new Uint8Array(0) };
const key = (octet: number, length = 32): Uint8Array => new Uint8Array(length).fill(octet);

const attempt = (fields: KeyPackageFields): Checked<unknown> =>
  verifyKeyPackage(buildKeyPackage(fields).keyPackage, context);
const built = (breaking: KeyPackageFields, keeping: KeyPackageFields): RuleCase =>
  between(attempt, breaking, keeping);
const capable = (breaking: Partial<typeof CAPABILITIES>, keeping: Partial<typeof CAPABILITIES>): RuleCase =>
  built(
    { capabilities: { ...CAPABILITIES, ...breaking } },
    { capabilities: { ...CAPABILITIES, ...keeping } },
  );
const altered = (alter: (keyPackage: UnverifiedKeyPackage) => UnverifiedKeyPackage): RuleCase => ({
  refuses: () => verifyKeyPackage(alter(buildKeyPackage().keyPackage), context),
  accepts: () => attempt({}),
});
/** The KeyPackage is signed, its leaf was changed before that. */
const leafForged = (octet: number | undefined): Checked<unknown> => {
  const { keyPackage, signer } = buildKeyPackage();
  const { leafNode } = keyPackage;
  const forged = octet === undefined ? leafNode : { ...leafNode, encryptionKey: key(octet) };
  const content = { ...keyPackage, leafNode: forged };
  const signature = signer.signWithLabel('KeyPackageTBS', keyPackageTbs(content));
  return verifyKeyPackage({ ...content, signature }, context);
};

/** KeyPackages by themselves. */
export const keyPackageCases = {
  'mls.5.1-key-length': built({ encryptionKey: key(1, 31) }, { encryptionKey: key(1, 32) }),
  'mls.7.3-signature': between(leafForged, 9, undefined),
  'mls.7.3-version': capable({ versions: [2] }, { versions: [2, 1] }),
  'mls.7.3-cipher-suite': capable({ cipherSuites: [3] }, { cipherSuites: [0x0a0a, 3, 1] }),
  'mls.7.3-credential-supported': capable({ credentials: [2] }, { credentials: [2, 1, 0x1a1a] }),
  'mls.7.3-extensions': built(
    { leafExtensions: [extension] },
    {
      leafExtensions: [extension],
      capabilities: { ...CAPABILITIES, extensions: [0xabab] },
    },
  ),
  'mls.7.3-lifetime': built(
    { lifetime: { notBefore: 0n, notAfter: BigInt(NOW - 1) } },
    { lifetime: { notBefore: BigInt(NOW), notAfter: BigInt(NOW) } },
  ),
  'mls.7.3-source': altered((k) => ({ ...k, leafNode: { ...k.leafNode, source: { type: 'update' } } })),
  'mls.10.1-cipher-suite': altered((k) => ({ ...k, cipherSuite: 3 })),
  'mls.10.1-signature': altered((k) => ({ ...k, signature: k.signature.map((b) => b ^ 1) })),
  'mls.10.1-init-key': built(
    { initKey: key(9), encryptionKey: key(9) },
    { initKey: key(9), encryptionKey: key(8) },
  ),
  'mls.13.4-duplicate-extension': built(
    { extensions: [extension, extension] },
    { extensions: [extension, other] },
  ),
} satisfies Partial<Record<RuleId, RuleCase>>;
