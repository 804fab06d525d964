import { equal } from '@phoenix/wire';
import { holdsAny } from './admins.js';
import { KeySet } from './key-set.js';
import type { MembershipChange } from './leaf-changes.js';
import type { RosterLeaf, RosterLeaves } from './roster-leaves.js';
import type { DsRuleId } from './rules.js';

/**
 * Rule `ds.leaf.pseudonym`: whoever enters takes a name that is nobody's. Held against the roster *before* the commit,
 * so that none passes from one leaf to another in it, either.
 */
export function checkPseudonyms(
  leaves: RosterLeaves,
  admins: readonly Uint8Array[],
  { joiners, own }: MembershipChange,
  before: RosterLeaf | undefined,
): DsRuleId | undefined {
  const entering = joiners.map(({ pseudonym }) => pseudonym);
  if (before === undefined || !equal(before.pseudonym, own.pseudonym)) entering.push(own.pseudonym);
  const isTwice = new KeySet(entering).size < entering.length;
  const isTaken = isTwice || holdsAny(leaves.pseudonyms(), entering) || holdsAny(admins, entering);
  return isTaken ? 'ds.leaf.pseudonym' : undefined;
}
