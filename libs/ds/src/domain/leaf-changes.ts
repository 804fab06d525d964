import type { SealedQueueConfig } from '@phoenix/wire';
import type { Joiner } from './joiner.js';
import type { OwnLeaf } from './own-leaf.js';
import type { LeafChanges, RosterLeaf } from './roster-leaves.js';

/** What a commit does to the membership. */
export interface MembershipChange {
  readonly committer: number;
  readonly own: OwnLeaf;
  /** The committer's queue config from then on. */
  readonly queue: SealedQueueConfig;
  readonly joiners: readonly Joiner[];
  readonly removed: readonly number[];
  readonly month: number;
}

/** The roster's leaves that a commit changes. */
export function leafChanges(change: MembershipChange): LeafChanges {
  const { committer, own, queue, removed, joiners, month: activeMonth } = change;
  const changes = new Map<number, RosterLeaf | undefined>();
  for (const leafIndex of removed) changes.set(leafIndex, undefined);
  changes.set(committer, { ...own, queue, activeMonth });
  for (const { leafIndex, pseudonym, signatureKey, queue } of joiners) {
    changes.set(leafIndex, { pseudonym, signatureKey, queue, activeMonth });
  }
  return changes;
}
