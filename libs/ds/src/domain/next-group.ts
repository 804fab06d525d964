import type { PublicGroup } from '@phoenix/mls';
import type { Dispatch } from './dispatch.js';
import type { Roster } from './roster.js';
import type { TreeSection } from './tree-section.js';

/** What a change makes of a group, before the DS adds its own proposals and seals it. */
export interface NextGroup {
  /** But for the tag of the tree section, which is drawn when that is sealed. */
  readonly roster: Omit<Roster, 'treeTag'>;
  readonly tree: TreeSection;
  readonly group: PublicGroup;
  /** The leaf of who asked for it. */
  readonly requester: number;
  /** Leaves whose Remove is in the store. */
  readonly leaving: ReadonlySet<number>;
  /** Leaves whose Remove was in the store and is of an epoch that is over, since no commit could take it in. */
  readonly dropped: readonly number[];
  readonly dispatch: Dispatch;
  /** Whether the group is deleted once that is handed over. */
  readonly isLast: boolean;
}
