import { CredentialType } from '../codec/credential.js';
import { type LeafNode, leafNodeTbs, type LeafPosition } from '../codec/leaf-node.js';
import { MLS10 } from '../codec/protocol-version.js';
import type { CipherSuite } from '../crypto/cipher-suite.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { signContent } from '../crypto/sign-content.js';
import { checkExtensionList } from './check-extensions.js';
import { supportsExtension } from './member-requirements.js';
import type { RuleId } from './rules.js';

/** What a leaf by itself must be, whatever the group (RFC 9420 §7.2, §7.3); its signature is not looked at. */
export function checkLeafContent(leaf: LeafNode, suite: CipherSuite): RuleId | undefined {
  const { capabilities } = leaf;
  const keysFit =
    leaf.encryptionKey.length === suite.kemKeyLength && leaf.signatureKey.length === suite.signatureKeyLength;
  if (!keysFit) return 'mls.5.1-key-length';
  if (!capabilities.versions.includes(MLS10)) return 'mls.7.3-version';
  if (!capabilities.cipherSuites.includes(suite.id)) return 'mls.7.3-cipher-suite';
  if (!capabilities.credentials.includes(CredentialType[leaf.credential.type]))
    return 'mls.7.3-credential-supported';
  if (!leaf.extensions.every(({ type }) => supportsExtension(capabilities, type)))
    return 'mls.7.3-extensions';
  return checkExtensionList(leaf.extensions);
}

/** The leaf is signed under its own key, for its place in its group (RFC 9420 §7.3). */
export function checkLeafSignature(
  crypto: MlsCrypto,
  leaf: LeafNode,
  position?: LeafPosition,
): RuleId | undefined {
  const signed = signContent('LeafNodeTBS', leafNodeTbs(leaf, position));
  return crypto.verify(leaf.signatureKey, signed, leaf.signature) ? undefined : 'mls.7.3-signature';
}

/** Whether `now`, in seconds, lies within the lifetime of a KeyPackage's leaf (RFC 9420 §7.3). */
export function checkLifetime(leaf: LeafNode, now: number): RuleId | undefined {
  if (leaf.source.type !== 'key_package') return 'mls.7.3-source';
  const { notBefore, notAfter } = leaf.source.lifetime;
  const at = BigInt(Math.floor(now));
  return notBefore <= at && at <= notAfter ? undefined : 'mls.7.3-lifetime';
}
