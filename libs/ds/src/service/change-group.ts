import { done, type Outcome, refuse } from '@phoenix/wire';
import type { DeletedQueue } from '../domain/fan-out.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { GroupRow } from '../domain/group-row.js';
import type { NextGroup } from '../domain/next-group.js';
import type { Roster } from '../domain/roster.js';
import type { ExclusiveGroup, GroupStore } from '../ports/group-store.js';
import type { DsWorld } from './ds-world.js';
import type { HandOver, StoredFanOut } from './hand-over.js';
import { openRoster, openTree } from './open-group.js';
import type { OpenedGroup, StateSealer } from './state-sealer.js';
import { type GroupAccess, underEarKey } from './under-ear-key.js';

/** A change of a group's state, as an operation asks for it. Its steps are taken in this order. */
export interface GroupChange {
  /** 32 bytes that no other request has: what its message ids are derived from. */
  readonly idSource: Uint8Array;
  /** Verifies who asks. `repeated`: the change has been made before, and this is its sender, who lost the answer. */
  enter(roster: Roster): Promise<Outcome<'new' | 'repeated'>>;
  /** What the roster alone decides. */
  check(roster: Roster): Outcome<void>;
  /** All the rest; undefined where the group is that way already. */
  judge(opened: OpenedGroup): Outcome<NextGroup | undefined>;
}

/** A change that was taken, now or before. */
export interface ChangeTaken {
  /** The epoch of the group since. */
  readonly epoch: bigint;
}

/** A change that is stored; its fan-out is still to be handed over, unless that was done before. */
interface Stored extends ChangeTaken {
  readonly noticeKey: Uint8Array;
  readonly deleted: readonly DeletedQueue[];
  readonly fanOut: StoredFanOut | undefined;
}

/**
 * Makes changes, one at a time (docs/protocol §7). New state and fan-out are stored in one transaction; then the fan-out
 * is handed over and cleared; only then is the sender told. What is interrupted on the way, the sender's retry or the
 * group's next operation completes.
 */
export class ChangeGroup {
  constructor(
    private readonly store: GroupStore,
    private readonly handOver: HandOver,
    private readonly sealer: StateSealer,
    private readonly world: DsWorld,
  ) {}

  /** @param prepare runs when the EAR key is sure to be wiped. */
  execute(access: GroupAccess, prepare: () => Outcome<GroupChange>): Promise<Outcome<ChangeTaken>> {
    return underEarKey(this.world, access, async (cipher) => {
      const change = prepare();
      if (!change.ok) return change;
      const stored = await this.store.exclusive(access.groupId, (group) =>
        this.#store(group, change.value, cipher),
      );
      if (!stored.ok) return stored;
      const { epoch, noticeKey, deleted, fanOut } = stored.value;
      const delivered = fanOut === undefined ? done([]) : await this.handOver.after(cipher, fanOut);
      if (!delivered.ok) return delivered;
      await this.handOver.file(cipher, noticeKey, [...deleted, ...delivered.value]);
      return done({ epoch });
    });
  }

  async #store(group: ExclusiveGroup, change: GroupChange, cipher: GroupCipher): Promise<Outcome<Stored>> {
    const row = await group.loadWhole();
    const opened = openRoster(cipher, row);
    if (!opened.ok || row === undefined) return opened.ok ? refuse('NOT_FOUND') : opened;
    const roster = opened.value;
    const entered = await change.enter(roster);
    if (!entered.ok) return entered;
    const isRepeated = entered.value === 'repeated';
    const left = await this.handOver.before(cipher, row, group);
    const settled = { epoch: roster.epoch, noticeKey: row.noticeKey, deleted: [], fanOut: undefined };
    // The deletion that is repeated here has just been completed.
    if (!left.ok) return isRepeated && left.refusal.code === 'NOT_FOUND' ? done(settled) : left;
    const present = { ...settled, deleted: left.value };
    if (isRepeated) return done(present);
    const checked = change.check(roster);
    return checked.ok ? this.#judge(group, row, roster, change, cipher, present) : checked;
  }

  async #judge(
    group: ExclusiveGroup,
    row: GroupRow,
    roster: Roster,
    change: GroupChange,
    cipher: GroupCipher,
    present: Stored,
  ): Promise<Outcome<Stored>> {
    const tree = openTree(cipher, roster, row);
    if (!tree.ok) return tree;
    const opened = { row, roster, tree: tree.value };
    const judged = change.judge(opened);
    if (!judged.ok) return judged;
    if (judged.value === undefined) return done(present);
    const { state, month, pending } = await this.sealer.next(opened, judged.value, cipher, change.idSource);
    const fanOut = pending && { pending, generation: state.generation };
    if (await group.compareAndSwap(row.generation, state, month))
      return done({ ...present, epoch: judged.value.roster.epoch, fanOut });
    const winner = openRoster(cipher, await group.loadWhole());
    return winner.ok ? refuse('WRONG_EPOCH', { epoch: winner.value.epoch }) : winner;
  }
}
