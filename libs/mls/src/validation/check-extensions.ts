import { extensionValue } from '../codec/extension-value.js';
import { type Extension, ExtensionType } from '../codec/extension.js';
import { externalPubCodec } from '../codec/external-pub.js';
import { externalSendersCodec } from '../codec/external-sender.js';
import { requiredCapabilitiesCodec } from '../codec/required-capabilities.js';
import type { CipherSuite } from '../crypto/cipher-suite.js';
import type { RuleId } from './rules.js';

/** No type twice in a list (RFC 9420 §13.4). */
export function checkExtensionList(extensions: readonly Extension[]): RuleId | undefined {
  const types = new Set(extensions.map((extension) => extension.type));
  return types.size === extensions.length ? undefined : 'mls.13.4-duplicate-extension';
}

/** A GroupContext's extensions by themselves: those that RFC 9420 defines are well-formed. */
export function checkContextExtensions(
  extensions: readonly Extension[],
  suite: CipherSuite,
): RuleId | undefined {
  const duplicate = checkExtensionList(extensions);
  if (duplicate !== undefined) return duplicate;
  const required = extensionValue(extensions, ExtensionType.requiredCapabilities, requiredCapabilitiesCodec);
  if (required.state === 'malformed') return 'mls.11.1-required-capabilities';
  const senders = extensionValue(extensions, ExtensionType.externalSenders, externalSendersCodec);
  if (senders.state === 'malformed') return 'mls.12.1.8.1-external-senders';
  if (senders.state === 'absent') return undefined;
  const fits = senders.value.every(({ signatureKey }) => signatureKey.length === suite.signatureKeyLength);
  return fits ? undefined : 'mls.5.1-key-length';
}

/** A GroupInfo's extensions: external_pub, where present, is one key of the suite (RFC 9420 §12.4.3.2). */
export function checkGroupInfoExtensions(
  extensions: readonly Extension[],
  suite: CipherSuite,
): RuleId | undefined {
  const duplicate = checkExtensionList(extensions);
  if (duplicate !== undefined) return duplicate;
  const pub = extensionValue(extensions, ExtensionType.externalPub, externalPubCodec);
  if (pub.state === 'absent') return undefined;
  const fits = pub.state === 'value' && pub.value.externalPub.length === suite.kemKeyLength;
  return fits ? undefined : 'mls.12.4.3.2-external-pub';
}
