import { equal, formatUuid } from '@phoenix/wire';
import type { GroupRow, RosterRow } from '../../domain/group-row.js';
import {
  type ExclusiveGroup,
  type GroupState,
  GroupStore,
  type NoticeSlot,
  type SharedGroup,
} from '../../ports/group-store.js';
import { GroupLocks } from '../group-locks.js';

/** A GroupStore that is gone with its process: for tests, held to the port's conformance suite. */
export class MemoryGroupStore extends GroupStore {
  readonly #rows = new Map<string, GroupRow>();
  readonly #locks = new GroupLocks();
  #rewritten: number | undefined;

  insert(row: GroupRow): Promise<boolean> {
    const id = formatUuid(row.groupId);
    if (this.#rows.has(id)) return Promise.resolve(false);
    this.#rows.set(id, row);
    return Promise.resolve(true);
  }

  load(groupId: Uint8Array): Promise<GroupRow | undefined> {
    return Promise.resolve(copy(this.#rows.get(formatUuid(groupId))));
  }

  shared<T>(groupId: Uint8Array, work: (group: SharedGroup) => Promise<T>): Promise<T> {
    const id = formatUuid(groupId);
    return this.#locks.shared(id, () => this.#transact(id, work));
  }

  exclusive<T>(groupId: Uint8Array, work: (group: ExclusiveGroup) => Promise<T>): Promise<T> {
    const id = formatUuid(groupId);
    return this.#locks.exclusive(id, () => this.#transact(id, work));
  }

  clearPending(groupId: Uint8Array, generation: Uint8Array): Promise<void> {
    return this.#group(formatUuid(groupId)).clearPending(generation);
  }

  async fileNotices(groupId: Uint8Array, slots: readonly NoticeSlot[]): Promise<void> {
    const id = formatUuid(groupId);
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const notices = Uint8Array.from(row.notices);
    for (const { index, sealed } of slots) notices.set(sealed, index * sealed.length);
    this.#rows.set(id, { ...row, notices });
  }

  async expireIdle(month: number): Promise<number> {
    let expired = 0;
    for (const id of [...this.#rows.keys()]) {
      await this.#locks.exclusive(id, async () => {
        const row = this.#rows.get(id);
        if (row !== undefined && row.lastActiveMonth < month && this.#rows.delete(id)) expired++;
      });
    }
    return expired;
  }

  async rewriteInKeyOrder(month: number): Promise<boolean> {
    if (this.#rewritten === month) return false;
    const inOrder = [...this.#rows].sort(([one], [other]) => (one < other ? -1 : 1));
    this.#rows.clear();
    for (const [id, row] of inOrder) this.#rows.set(id, row);
    this.#rewritten = month;
    return true;
  }

  async #transact<T>(id: string, work: (group: SharedGroup & ExclusiveGroup) => Promise<T>): Promise<T> {
    const before = this.#rows.get(id);
    try {
      return await work(this.#group(id));
    } catch (error) {
      if (before !== undefined) this.#rows.set(id, before);
      throw error;
    }
  }

  #group(id: string): SharedGroup & ExclusiveGroup {
    const change = (generation: Uint8Array, changed: Partial<GroupRow>): boolean => {
      const row = this.#rows.get(id);
      if (row === undefined || !equal(row.generation, generation)) return false;
      this.#rows.set(id, { ...row, ...changed });
      return true;
    };
    return {
      loadRoster: (): Promise<RosterRow | undefined> => Promise.resolve(copy(this.#rows.get(id))),
      loadWhole: () => Promise.resolve(copy(this.#rows.get(id))),
      clearPending: async (generation) => void change(generation, { pending: undefined }),
      markActive: async (month) => {
        const row = this.#rows.get(id);
        if (row !== undefined) this.#rows.set(id, { ...row, lastActiveMonth: month });
      },
      compareAndSwap: (generation, next: GroupState, month) =>
        Promise.resolve(change(generation, { ...next, lastActiveMonth: month })),
      replaceRoster: async (generation, next, month) =>
        this.#rows.get(id)?.pending === undefined && change(generation, { ...next, lastActiveMonth: month }),
      delete: async (generation) => change(generation, {}) && this.#rows.delete(id),
    };
  }
}

/** As a database would answer: the caller may wipe what it gets. */
function copy(row: GroupRow | undefined): GroupRow | undefined {
  if (row === undefined) return undefined;
  const pending = row.pending && Uint8Array.from(row.pending);
  const [roster, tree, notices] = [row.roster, row.tree, row.notices].map((bytes) => Uint8Array.from(bytes));
  return { ...row, roster, tree, notices, pending } as GroupRow;
}
