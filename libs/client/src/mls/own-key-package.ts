import { generateKeyPackageWithKey, type CiphersuiteImpl } from 'ts-mls';
import { toTsMlsExtension } from './mls-bytes.js';
import type { MlsExtension, MlsLifetime, OwnLeaf } from './mls-engine.js';
import { CAPABILITIES } from './mls-suite.js';

/** A KeyPackage for a leaf of ours, with fresh init and encryption keys. The signature key in it is a copy. */
export function ownKeyPackage(
  suite: CiphersuiteImpl,
  leaf: OwnLeaf,
  lifetime: MlsLifetime,
  extensions: readonly MlsExtension[],
) {
  const { publicKey, privateKey } = leaf.signatureKeys;
  return generateKeyPackageWithKey(
    { credentialType: 'basic', identity: leaf.identity },
    CAPABILITIES,
    lifetime,
    extensions.map(toTsMlsExtension),
    { publicKey, signKey: privateKey.slice() },
    suite,
  );
}
