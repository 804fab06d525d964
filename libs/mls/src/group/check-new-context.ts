import type { Extension } from '../codec/extension.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { TreeNodes } from '../tree/stored-node.js';
import { checkContextExtensions } from '../validation/check-extensions.js';
import { checkProfiles, hasProfileOf, memberProfiles } from '../validation/member-profiles.js';
import { memberRequirements } from '../validation/member-requirements.js';
import type { RuleId } from '../validation/rules.js';
import type { PublicGroup } from './public-group.js';
import { suiteOf } from './suite-of.js';

const LAST_EPOCH = 0xffffffffffffffffn;

/** Whether there can be a next epoch with these GroupContext extensions. */
export function checkNewContext(group: PublicGroup, extensions: Extension[]): RuleId | undefined {
  if (group.epoch === LAST_EPOCH) return 'mls.8.1-epoch';
  return checkContextExtensions(extensions, suiteOf(group));
}

/**
 * Whether all members of the new tree can be in one group (RFC 9420 §7.3, §12.1.7). They could before the commit;
 * so while the context's extensions stay and every new leaf supports and uses just what the committer did, they still can.
 */
export function checkMembersFit(
  nodes: TreeNodes,
  before: LeafNode,
  changed: readonly number[],
  extensions: Extension[],
  replaced: Extension[] | undefined,
): RuleId | undefined {
  const leaves = changed.map((leafIndex) => nodes[2 * leafIndex]?.leaf as LeafNode);
  if (replaced === undefined && leaves.every((leaf) => leaf === before || hasProfileOf(leaf, before)))
    return undefined;
  const rule = checkProfiles(memberProfiles(nodes), memberRequirements(extensions));
  return rule === 'mls.7.3-required-capabilities' && replaced !== undefined
    ? 'mls.12.1.7-required-capabilities'
    : rule;
}
