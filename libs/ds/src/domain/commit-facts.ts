import type { Admins } from './admin-change.js';
import type { GroupFacts, GroupOperation } from './group-facts.js';
import { KeySet } from './key-set.js';
import type { OwnLeaf } from './own-leaf.js';
import type { RosterLeaves } from './roster-leaves.js';

/** What a policy gets to see of a commit. */
export function commitFacts(
  operation: GroupOperation,
  actor: OwnLeaf,
  { before, after }: Admins,
  leaves: RosterLeaves,
  counts: Pick<GroupFacts, 'added' | 'removed'>,
): GroupFacts {
  const listed = new KeySet(after);
  let [members, admins] = [0, 0];
  for (const pseudonym of leaves.pseudonyms()) {
    members++;
    if (listed.has(pseudonym)) admins++;
  }
  const actorIsAdmin = new KeySet(before).has(actor.pseudonym);
  return { operation, actorIsAdmin, ...counts, members, admins };
}
