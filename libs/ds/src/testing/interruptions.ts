import type { GroupRow } from '../domain/group-row.js';
import { type ExclusiveGroup, GroupStore, type NoticeSlot, type SharedGroup } from '../ports/group-store.js';

/** The process is gone, as far as the one who waits for it can tell. */
export class Interrupted extends Error {}

/** Cuts an operation off at one of its steps: before one of its effects, or after it and before anybody hears of it. */
export class Interruptions {
  #left = 0;

  /** Interrupts at the n-th step from now on, counted from 1. */
  at(step: number): void {
    this.#left = step;
  }

  never(): void {
    this.#left = 0;
  }

  async around<T>(effect: () => Promise<T>): Promise<T> {
    this.#step();
    const result = await effect();
    this.#step();
    return result;
  }

  #step(): void {
    if (this.#left > 0 && --this.#left === 0) throw new Interrupted();
  }
}

/** A GroupStore whose every step can be interrupted; within a transaction that undoes it, at its end it does not. */
export class FaultyGroupStore extends GroupStore {
  constructor(
    private readonly store: GroupStore,
    private readonly interruptions: Interruptions,
  ) {
    super();
  }

  insert(row: GroupRow): Promise<boolean> {
    return this.interruptions.around(() => this.store.insert(row));
  }

  load(groupId: Uint8Array): Promise<GroupRow | undefined> {
    return this.interruptions.around(() => this.store.load(groupId));
  }

  clearPending(groupId: Uint8Array, generation: Uint8Array): Promise<void> {
    return this.interruptions.around(() => this.store.clearPending(groupId, generation));
  }

  fileNotices(groupId: Uint8Array, slots: readonly NoticeSlot[]): Promise<void> {
    return this.interruptions.around(() => this.store.fileNotices(groupId, slots));
  }

  expireIdle(month: number): Promise<number> {
    return this.interruptions.around(() => this.store.expireIdle(month));
  }

  rewriteInKeyOrder(month: number): Promise<boolean> {
    return this.interruptions.around(() => this.store.rewriteInKeyOrder(month));
  }

  shared<T>(groupId: Uint8Array, work: (group: SharedGroup) => Promise<T>): Promise<T> {
    const { interruptions } = this;
    return interruptions.around(() =>
      this.store.shared(groupId, (group) =>
        work({
          loadRoster: () => interruptions.around(() => group.loadRoster()),
          clearPending: (generation) => interruptions.around(() => group.clearPending(generation)),
          markActive: (month) => interruptions.around(() => group.markActive(month)),
        }),
      ),
    );
  }

  exclusive<T>(groupId: Uint8Array, work: (group: ExclusiveGroup) => Promise<T>): Promise<T> {
    const { interruptions } = this;
    return interruptions.around(() =>
      this.store.exclusive(groupId, (group) =>
        work({
          loadRoster: () => interruptions.around(() => group.loadRoster()),
          loadWhole: () => interruptions.around(() => group.loadWhole()),
          clearPending: (generation) => interruptions.around(() => group.clearPending(generation)),
          compareAndSwap: (...args) => interruptions.around(() => group.compareAndSwap(...args)),
          replaceRoster: (...args) => interruptions.around(() => group.replaceRoster(...args)),
          delete: (generation) => interruptions.around(() => group.delete(generation)),
        }),
      ),
    );
  }
}
