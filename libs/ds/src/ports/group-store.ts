import type { GroupRow, RosterRow } from '../domain/group-row.js';

/** A state to take the place of another; the row's id and month of activity apart. */
export interface GroupState {
  readonly roster: Uint8Array;
  readonly tree: Uint8Array;
  readonly pending: Uint8Array;
  readonly generation: Uint8Array;
}

/** What may be done to a group while others may do the same: its state does not change meanwhile. */
export interface SharedGroup {
  /** Without the tree. */
  loadRoster(): Promise<RosterRow | undefined>;
  /** Forgets the pending fan-out of that generation, if it is still there. */
  clearPending(generation: Uint8Array): Promise<void>;
  /** Notes the month of activity; writes nothing where it is noted already. */
  markActive(month: number): Promise<void>;
}

/** What may be done to a group alone. */
export interface ExclusiveGroup {
  loadWhole(): Promise<GroupRow | undefined>;
  clearPending(generation: Uint8Array): Promise<void>;
  /** Puts `next` in the place of the state of `generation`; false, and no effect, when that is not the current one. */
  compareAndSwap(generation: Uint8Array, next: GroupState, month: number): Promise<boolean>;
}

/**
 * Where groups are kept. `shared` and `exclusive` run `work` in one transaction, under a lock on the group that many
 * readers or one writer hold: what `work` wrote is durable when they return, and undone when it throws.
 */
export abstract class GroupStore {
  /** False, and no effect, when the id is taken. */
  abstract insert(row: GroupRow): Promise<boolean>;
  abstract shared<T>(groupId: Uint8Array, work: (group: SharedGroup) => Promise<T>): Promise<T>;
  abstract exclusive<T>(groupId: Uint8Array, work: (group: ExclusiveGroup) => Promise<T>): Promise<T>;
  /** The row as it was last made durable, without a lock. */
  abstract load(groupId: Uint8Array): Promise<GroupRow | undefined>;
  /** Forgets the pending fan-out of that generation, if it is still there. */
  abstract clearPending(groupId: Uint8Array, generation: Uint8Array): Promise<void>;
}
