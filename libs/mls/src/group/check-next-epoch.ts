import type { Extension } from '../codec/extension.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { TreeNodes } from '../tree/stored-node.js';
import { checkProfiles, hasProfileOf, memberProfiles } from '../validation/member-profiles.js';
import { memberRequirements } from '../validation/member-requirements.js';
import type { RuleId } from '../validation/rules.js';
import type { PublicGroup } from './public-group.js';

const LAST_EPOCH = 0xffffffffffffffffn;

/** Whether there can be a next epoch. */
export function checkNextEpoch(group: PublicGroup): RuleId | undefined {
  return group.epoch === LAST_EPOCH ? 'mls.8.1-epoch' : undefined;
}

/**
 * Whether all members of the new tree can be in one group (RFC 9420 §7.3, §12.1.7). The old tree's could; so while the
 * context's extensions stay and every new leaf supports and uses just what one of them did, they still can.
 * @param known a leaf of the old tree.
 * @param replacing the extensions of a GroupContextExtensions proposal.
 */
export function checkMembersFit(
  nodes: TreeNodes,
  known: LeafNode,
  changed: readonly number[],
  extensions: readonly Extension[],
  replacing: readonly Extension[] | undefined,
): RuleId | undefined {
  const leaves = changed.map((leafIndex) => nodes[2 * leafIndex]?.leaf as LeafNode);
  if (replacing === undefined && leaves.every((leaf) => leaf === known || hasProfileOf(leaf, known)))
    return undefined;
  const rule = checkProfiles(memberProfiles(nodes), memberRequirements(replacing ?? extensions));
  return rule === 'mls.7.3-required-capabilities' && replacing !== undefined
    ? 'mls.12.1.7-required-capabilities'
    : rule;
}
