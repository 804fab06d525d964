import {
  advisoryKey,
  type ConnectionPool,
  inTransaction,
  lockExclusive,
  lockShared,
  poolOf,
  rewriteInKeyOrder,
  type Queryable,
} from '@phoenix/postgres';
import { formatUuid, parseUuid } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import type { GroupRow, RosterRow } from '../../domain/group-row.js';
import {
  type ExclusiveGroup,
  type GroupState,
  GroupStore,
  type NoticeSlot,
  type RosterState,
  type SharedGroup,
} from '../../ports/group-store.js';
import { GroupLocks } from '../group-locks.js';
import {
  CLAIM_MONTH,
  CLEAR_PENDING,
  DELETE,
  DELETE_IDLE,
  FILE_NOTICE,
  FIND_IDLE,
  INSERT,
  LOAD_ROSTER,
  LOAD_WHOLE,
  MARK_ACTIVE,
  REPLACE_ROSTER,
  type RosterColumns,
  SWAP,
} from './group-statements.js';

/** Ids of idle groups that are held in memory at a time. */
const IDLE_PAGE = 1_000;

type Lock = (transaction: Queryable, key: bigint) => Promise<void>;

/** The GroupStore on Postgres, by prepared statements of its own: sending a message must not wait for an ORM. */
export class TypeormGroupStore extends GroupStore {
  readonly #pool: ConnectionPool;
  /**
   * Who waits for a group of this process waits here, without a connection: else a crowd before one group would keep
   * everybody else's requests waiting. The lock in the database is for other processes.
   */
  readonly #turns = new GroupLocks();

  constructor(dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  override async insert(row: GroupRow): Promise<boolean> {
    const { groupId, roster, tree, lastActiveMonth, pending, generation, noticeKey, notices } = row;
    const sections = [roster, tree, lastActiveMonth, pending ?? null, generation];
    return (await INSERT.count(this.#pool, [groupId, ...sections, noticeKey, notices])) === 1;
  }

  override load(groupId: Uint8Array): Promise<GroupRow | undefined> {
    return loadWhole(this.#pool, groupId);
  }

  override shared<T>(groupId: Uint8Array, work: (group: SharedGroup) => Promise<T>): Promise<T> {
    return this.#turns.shared(formatUuid(groupId), () => this.#locked(groupId, lockShared, work));
  }

  override exclusive<T>(groupId: Uint8Array, work: (group: ExclusiveGroup) => Promise<T>): Promise<T> {
    return this.#turns.exclusive(formatUuid(groupId), () => this.#locked(groupId, lockExclusive, work));
  }

  override clearPending(groupId: Uint8Array, generation: Uint8Array): Promise<void> {
    return CLEAR_PENDING.run(this.#pool, [groupId, generation]).then(() => undefined);
  }

  override async fileNotices(groupId: Uint8Array, slots: readonly NoticeSlot[]): Promise<void> {
    for (const { index, sealed } of slots)
      await FILE_NOTICE.run(this.#pool, [groupId, sealed, index * sealed.length + 1]);
  }

  /** Group by group: what is active after all is seen under its lock, and nobody waits for more than one deletion. */
  override async expireIdle(month: number): Promise<number> {
    let expired = 0;
    for (;;) {
      const idle = await FIND_IDLE.run(this.#pool, [month, IDLE_PAGE]);
      if (idle.length === 0) return expired;
      for (const [id] of idle) expired += await this.#expire(id, month);
    }
  }

  override rewriteInKeyOrder(month: number): Promise<boolean> {
    return inTransaction(this.#pool, async (transaction) => {
      if ((await CLAIM_MONTH.count(transaction, ['groups-in-key-order', month])) === 0) return false;
      await rewriteInKeyOrder(transaction, { table: 'groups', key: 'group_id' });
      return true;
    });
  }

  #expire(id: string, month: number): Promise<number> {
    const groupId = parseUuid(id) as Uint8Array;
    return this.#turns.exclusive(id, () =>
      this.#locked(groupId, lockExclusive, (group) => group.deleteIdle(month)),
    );
  }

  #locked<T>(groupId: Uint8Array, lock: Lock, work: (group: LockedGroup) => Promise<T>): Promise<T> {
    return inTransaction(this.#pool, async (transaction) => {
      // Not waited for: what follows is sent behind it, runs after it, and sees what was committed until then.
      const locked = lock(transaction, advisoryKey('ds-group', groupId));
      const [result] = await Promise.all([work(new LockedGroup(transaction, groupId)), locked]);
      return result;
    });
  }
}

/** A group's row within the transaction that holds the group's lock. */
class LockedGroup implements SharedGroup, ExclusiveGroup {
  constructor(
    private readonly transaction: Queryable,
    private readonly groupId: Uint8Array,
  ) {}

  async loadRoster(): Promise<RosterRow | undefined> {
    const [row] = await LOAD_ROSTER.run(this.transaction, [this.groupId]);
    return row && rosterRow(this.groupId, row);
  }

  loadWhole(): Promise<GroupRow | undefined> {
    return loadWhole(this.transaction, this.groupId);
  }

  async clearPending(generation: Uint8Array): Promise<void> {
    await CLEAR_PENDING.run(this.transaction, [this.groupId, generation]);
  }

  async markActive(month: number): Promise<void> {
    await MARK_ACTIVE.run(this.transaction, [this.groupId, month]);
  }

  async compareAndSwap(generation: Uint8Array, next: GroupState, month: number): Promise<boolean> {
    const values = [next.roster, next.tree, next.pending ?? null, next.generation, month];
    return (await SWAP.count(this.transaction, [this.groupId, generation, ...values])) === 1;
  }

  async replaceRoster(generation: Uint8Array, next: RosterState, month: number): Promise<boolean> {
    const values = [this.groupId, generation, next.roster, next.generation, month];
    return (await REPLACE_ROSTER.count(this.transaction, values)) === 1;
  }

  async delete(generation: Uint8Array): Promise<boolean> {
    return (await DELETE.count(this.transaction, [this.groupId, generation])) === 1;
  }

  /** How many it deleted: one, or none if the group has become active. */
  deleteIdle(month: number): Promise<number> {
    return DELETE_IDLE.count(this.transaction, [this.groupId, month]);
  }
}

async function loadWhole(on: Queryable, groupId: Uint8Array): Promise<GroupRow | undefined> {
  const [row] = await LOAD_WHOLE.run(on, [groupId]);
  if (row === undefined) return undefined;
  const [roster, month, pending, generation, noticeKey, tree, notices] = row;
  return { ...rosterRow(groupId, [roster, month, pending, generation, noticeKey]), tree, notices };
}

function rosterRow(
  groupId: Uint8Array,
  [roster, month, pending, generation, noticeKey]: RosterColumns,
): RosterRow {
  return { groupId, roster, lastActiveMonth: month, pending: pending ?? undefined, generation, noticeKey };
}
