import type { Capabilities } from '../codec/capabilities.js';
import { extensionValue } from '../codec/extension-value.js';
import { type Extension, ExtensionType } from '../codec/extension.js';
import { type RequiredCapabilities, requiredCapabilitiesCodec } from '../codec/required-capabilities.js';
import type { RuleId } from './rules.js';

/** What a GroupContext's extensions ask of each member. */
export interface MemberRequirements {
  readonly required: RequiredCapabilities;
  /** The types of the GroupContext's own extensions. */
  readonly contextExtensions: readonly number[];
}

const NOTHING: RequiredCapabilities = { extensionTypes: [], proposalTypes: [], credentialTypes: [] };

/** @param extensions that passed `checkContextExtensions`. */
export function memberRequirements(extensions: readonly Extension[]): MemberRequirements {
  const required = extensionValue(extensions, ExtensionType.requiredCapabilities, requiredCapabilitiesCodec);
  return {
    required: required.state === 'value' ? required.value : NOTHING,
    contextExtensions: extensions.map((extension) => extension.type),
  };
}

/** Whether a member with these capabilities may be in the group (RFC 9420 §7.3, §11.1, §13.4). */
export function checkCapabilities(
  capabilities: Capabilities,
  requirements: MemberRequirements,
): RuleId | undefined {
  const { required, contextExtensions } = requirements;
  const meets =
    required.extensionTypes.every((type) => supportsExtension(capabilities, type)) &&
    required.proposalTypes.every(
      (type) => isDefaultProposal(type) || capabilities.proposals.includes(type),
    ) &&
    required.credentialTypes.every((type) => capabilities.credentials.includes(type));
  if (!meets) return 'mls.7.3-required-capabilities';
  const known = contextExtensions.every((type) => supportsExtension(capabilities, type));
  return known ? undefined : 'mls.13.4-context-extensions';
}

/** The extensions of RFC 9420 itself are supported by all and never listed (§7.2). */
export function supportsExtension(capabilities: Capabilities, type: number): boolean {
  return (type >= 1 && type <= 5) || capabilities.extensions.includes(type);
}

function isDefaultProposal(type: number): boolean {
  return type >= 1 && type <= 7;
}
