import type { SealedQueueConfig } from '@phoenix/wire';
import type { Joiner } from './joiner.js';
import type { OwnLeaf } from './own-leaf.js';
import type { RosterLeaf } from './roster.js';

/** What a commit does to the membership. */
export interface MembershipChange {
  readonly committer: number;
  readonly own: OwnLeaf;
  /** A queue config to take the place of the committer's. */
  readonly queue: SealedQueueConfig | undefined;
  readonly joiners: readonly Joiner[];
  readonly removed: readonly number[];
  readonly month: number;
}

type Leaves = readonly (RosterLeaf | undefined)[];

/** The roster's leaves after the commit. */
export function nextLeaves(leaves: Leaves, change: MembershipChange): Leaves {
  const { committer, own, removed, joiners, month: activeMonth } = change;
  const next = [...leaves];
  for (const leafIndex of removed) next[leafIndex] = undefined;
  const queue = change.queue ?? (leaves[committer] as RosterLeaf).queue;
  next[committer] = { ...own, queue, activeMonth };
  for (const { leafIndex, pseudonym, signatureKey, queue } of joiners) {
    while (next.length < leafIndex) next.push(undefined);
    next[leafIndex] = { pseudonym, signatureKey, queue, activeMonth };
  }
  return withoutBlankTail(next);
}

/** The list up to its last value. */
export function withoutBlankTail<T>(items: readonly (T | undefined)[]): (T | undefined)[] {
  return items.slice(0, items.findLastIndex((item) => item !== undefined) + 1);
}
