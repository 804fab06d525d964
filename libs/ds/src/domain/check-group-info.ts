import { type Extension, ExtensionType, findExtension } from '@phoenix/mls';
import { EXTENSION_GROUP_KEYS } from '@phoenix/wire';
import type { DsRuleId } from './rules.js';
import { checkInfoSize } from './state-sizes.js';

/** What a GroupInfo must have for external commits, and must not have on a server (docs/protocol §7). */
export function checkGroupInfo(extensions: readonly Extension[]): DsRuleId | undefined {
  if (findExtension(extensions, ExtensionType.externalPub) === undefined) return 'ds.group-info.external-pub';
  const secrets = [EXTENSION_GROUP_KEYS, ExtensionType.ratchetTree];
  const hasSecrets = secrets.some((type) => findExtension(extensions, type) !== undefined);
  return hasSecrets ? 'ds.group-info.secrets' : checkInfoSize(extensions);
}
