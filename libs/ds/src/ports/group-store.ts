import type { GroupRow, RosterRow } from '../domain/group-row.js';

/** A state to take the place of another; the row's id, month of activity and notices apart. */
export interface GroupState {
  readonly roster: Uint8Array;
  readonly tree: Uint8Array;
  readonly pending: Uint8Array | undefined;
  readonly generation: Uint8Array;
}

/** A roster to take the place of another beside the same tree. */
export type RosterState = Pick<GroupState, 'roster' | 'generation'>;

/** A notice for one of a row's slots, from 0; all are of one size. */
export interface NoticeSlot {
  readonly index: number;
  readonly sealed: Uint8Array;
}

/** What may be done to a group while others may do the same: its state does not change meanwhile. */
export interface SharedGroup {
  /** Without tree and notices. */
  loadRoster(): Promise<RosterRow | undefined>;
  /** Forgets the pending fan-out of that generation, if it is still there. */
  clearPending(generation: Uint8Array): Promise<void>;
  /** Notes the month of activity; writes nothing where it is noted already. */
  markActive(month: number): Promise<void>;
}

/** What may be done to a group alone. */
export interface ExclusiveGroup {
  /** Without tree and notices. */
  loadRoster(): Promise<RosterRow | undefined>;
  loadWhole(): Promise<GroupRow | undefined>;
  clearPending(generation: Uint8Array): Promise<void>;
  /** Puts `next` in the place of the state of `generation`; false, and no effect, when that is not the current one. */
  compareAndSwap(generation: Uint8Array, next: GroupState, month: number): Promise<boolean>;
  /** As `compareAndSwap`, the tree left as it is; false, too, while a fan-out is pending, which is bound to its generation. */
  replaceRoster(generation: Uint8Array, next: RosterState, month: number): Promise<boolean>;
  /** Deletes the group; false, and no effect, when that generation is not the current one. */
  delete(generation: Uint8Array): Promise<boolean>;
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
  /**
   * Overwrites these of the group's notices, whatever its generation, without its lock: it is nobody's state but theirs who
   * read the notices, and one that comes in between is read the next time.
   */
  abstract fileNotices(groupId: Uint8Array, slots: readonly NoticeSlot[]): Promise<void>;
  /** Deletes the groups whose last active month is before `month`, each under its lock; how many there were. */
  abstract expireIdle(month: number): Promise<number>;
  /**
   * Once in a month, whoever asks and how often: rewrites what is kept so that nothing in it tells which group was written
   * before which. Others wait meanwhile and find every group; false when it was done for that month. Throws, without effect,
   * when the groups are too busy.
   */
  abstract rewriteInKeyOrder(month: number): Promise<boolean>;
}
