import type { Hash } from '@phoenix/crypto';
import { listedAdmins } from './admins.js';
import type { DeletedQueue } from './fan-out.js';
import { KeySet } from './key-set.js';
import type { NextGroup } from './next-group.js';
import type { RosterLeaf, RosterLeaves } from './roster-leaves.js';

/** Whole months without a commit after which a member is removed. */
export const INACTIVE_MONTHS = 3;

/**
 * How many the DS finds and proposes to remove in one change. Each proposal goes to every member: a thousand who come
 * back to a group of the past would else be a million entries. The next change finds the next.
 */
const MAX_FOUND = 16;

/** By what members are found that nobody will hear from again. */
export interface Signs {
  readonly month: number;
  /** Queues that were reported deleted. */
  readonly deleted: readonly DeletedQueue[];
  readonly hash: Pick<Hash, 'sha256'>;
}

/**
 * The leaves whose Remove the DS proposes in the new state: those whose Remove an external commit has dropped, and
 * members that are inactive or whose queue is gone. Never who asked for the change, nor the last admin; so there is
 * always somebody who can commit (docs/protocol §7).
 */
export function inducedRemoves(next: NextGroup, signs: Signs): number[] {
  const { leaves } = next.roster;
  const found = [...leaves.inactiveSince(signs.month - INACTIVE_MONTHS), ...withoutQueue(leaves, signs)];
  const spared = new Set([next.requester, ...next.leaving, ...next.dropped]);
  const candidates = [...new Set(found)].filter((leaf) => !spared.has(leaf));
  if (candidates.length === 0) return [...next.dropped];
  const admins = remainingAdmins(next);
  const removes = candidates.filter((leaf) => !admins.delete(leaf) || admins.size > 0);
  return [...next.dropped, ...removes.slice(0, MAX_FOUND)];
}

/** Leaves whose queue is gone, by the word of its own home domain. */
function withoutQueue(leaves: RosterLeaves, { deleted, hash }: Signs): number[] {
  if (deleted.length === 0) return [];
  const isGone = ({ queue }: RosterLeaf): boolean => {
    const reports = deleted.filter(({ domain }) => domain === queue.domain);
    return (
      reports.length > 0 && new KeySet(reports.map(({ digest }) => digest)).has(hash.sha256(queue.sealed))
    );
  };
  return [...leaves.occupied()].flatMap(({ leafIndex, leaf }) => (isGone(leaf) ? [leafIndex] : []));
}

/** The leaves of admins that stay. */
function remainingAdmins({ group, roster, leaving, dropped }: NextGroup): Set<number> {
  const listed = new KeySet(listedAdmins(group.groupContext.extensions));
  const admins = [...roster.leaves.occupied()].filter(({ leaf }) => listed.has(leaf.pseudonym));
  const gone = new Set([...leaving, ...dropped]);
  return new Set(admins.map(({ leafIndex }) => leafIndex).filter((leaf) => !gone.has(leaf)));
}
