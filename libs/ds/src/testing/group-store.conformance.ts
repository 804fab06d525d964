import { nodeCrypto } from '@phoenix/crypto';
import type { GroupRow } from '../domain/group-row.js';
import { NOTICE_LENGTH } from '../domain/notice.js';
import { NOTICE_SLOTS } from '../domain/notices.js';
import type { GroupState, GroupStore, RosterState } from '../ports/group-store.js';

const { random } = nodeCrypto();
/** Stores on one database share it: no other test takes this month. */
const MONTH = 7_000;

/** A row of random contents. */
export function someRow(changed: Partial<GroupRow> = {}): GroupRow {
  const sections = { roster: random.bytes(40_000), tree: random.bytes(150_000) };
  return {
    groupId: random.uuid(),
    ...sections,
    lastActiveMonth: 682,
    pending: undefined,
    generation: random.bytes(16),
    noticeKey: random.bytes(32),
    notices: random.bytes(NOTICE_SLOTS * NOTICE_LENGTH),
    ...changed,
  };
}

function someState(): GroupState {
  return {
    roster: random.bytes(40_000),
    tree: random.bytes(150_000),
    pending: random.bytes(33_000),
    generation: random.bytes(16),
  };
}

const plain = (row: Partial<GroupRow> | undefined): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ]),
  );

/** What every GroupStore must hold to. Run it in a `describe` of the adapter's spec. */
export function groupStoreConformance(make: () => Promise<GroupStore>): void {
  it('gives back to the byte what was inserted, whole or without the tree', async () => {
    const store = await make();
    const row = someRow({ pending: random.bytes(33_000) });
    expect(await store.insert(row)).toBe(true);
    expect(plain(await store.load(row.groupId))).toEqual(plain(row));
    expect(plain(await store.exclusive(row.groupId, (group) => group.loadWhole()))).toEqual(plain(row));
    const roster = plain(await store.shared(row.groupId, (group) => group.loadRoster()));
    const { tree: _tree, notices: _notices, ...rest } = plain(row);
    expect(roster).toMatchObject(rest);
  });

  it('inserts an id once and leaves the first as it is', async () => {
    const store = await make();
    const first = someRow();
    await store.insert(first);
    expect(await store.insert(someRow({ groupId: first.groupId }))).toBe(false);
    expect(plain(await store.load(first.groupId))).toEqual(plain(first));
  });

  it('knows no group that was not inserted', async () => {
    const store = await make();
    const id = random.uuid();
    expect(await store.load(id)).toBeUndefined();
    expect(await store.shared(id, (group) => group.loadRoster())).toBeUndefined();
    expect(await store.exclusive(id, (group) => group.loadWhole())).toBeUndefined();
  });

  it('swaps the state of the generation that it is asked to, and no other', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    const [next, late] = [someState(), someState()];
    const swap = (state: GroupState): Promise<boolean> =>
      store.exclusive(row.groupId, (group) => group.compareAndSwap(row.generation, state, 683));
    expect([await swap(next), await swap(late)]).toEqual([true, false]);
    const { groupId, noticeKey, notices } = row;
    const swapped = { groupId, ...next, lastActiveMonth: 683, noticeKey, notices };
    expect(plain(await store.load(row.groupId))).toEqual(plain(swapped));
  });

  it('lets one of fifty swaps at the same time win', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    const swaps = Array.from({ length: 50 }, () =>
      store.exclusive(row.groupId, (group) => group.compareAndSwap(row.generation, someState(), 683)),
    );
    expect((await Promise.all(swaps)).filter((won) => won)).toHaveLength(1);
  });

  it('swaps a state that nothing is pending of', async () => {
    const store = await make();
    const row = someRow({ pending: random.bytes(100) });
    await store.insert(row);
    const next = { ...someState(), pending: undefined };
    await store.exclusive(row.groupId, (group) => group.compareAndSwap(row.generation, next, 683));
    expect((await store.load(row.groupId))?.pending).toBeUndefined();
  });

  it('replaces the roster of the generation that it is asked to, and leaves the tree', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    const [next, late] = [0, 1].map(() => ({
      roster: random.bytes(40_000),
      generation: random.bytes(16),
    })) as [RosterState, RosterState];
    const replace = (state: RosterState): Promise<boolean> =>
      store.exclusive(row.groupId, (group) => group.replaceRoster(row.generation, state, 683));
    expect([await replace(next), await replace(late)]).toEqual([true, false]);
    expect(plain(await store.load(row.groupId))).toEqual(plain({ ...row, ...next, lastActiveMonth: 683 }));
  });

  it('replaces no roster whose fan-out is pending: that is bound to its generation', async () => {
    const store = await make();
    const row = someRow({ pending: random.bytes(100) });
    await store.insert(row);
    const next = { roster: random.bytes(40_000), generation: random.bytes(16) };
    const replaced = store.exclusive(row.groupId, (group) => group.replaceRoster(row.generation, next, 683));
    expect(await replaced).toBe(false);
    expect(plain(await store.load(row.groupId))).toEqual(plain(row));
  });

  it('lets one win of swaps, replaced rosters and deletions at the same time', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    const attempts = Array.from({ length: 30 }, (_, i) =>
      store.exclusive(row.groupId, (group) => {
        if (i % 3 === 0) return group.compareAndSwap(row.generation, someState(), 683);
        return i % 3 === 1
          ? group.replaceRoster(row.generation, someState(), 683)
          : group.delete(row.generation);
      }),
    );
    expect((await Promise.all(attempts)).filter((won) => won)).toHaveLength(1);
  });

  it('deletes a group by its generation alone, and nothing of it is left', async () => {
    const store = await make();
    const [row, other] = [someRow({ pending: random.bytes(100) }), someRow()];
    await store.insert(row);
    await store.insert(other);
    const remove = (generation: Uint8Array): Promise<boolean> =>
      store.exclusive(row.groupId, (group) => group.delete(generation));
    expect([await remove(random.bytes(16)), await remove(other.generation)]).toEqual([false, false]);
    expect(plain(await store.load(row.groupId))).toEqual(plain(row));
    expect([await remove(row.generation), await remove(row.generation)]).toEqual([true, false]);
    expect(await store.load(row.groupId)).toBeUndefined();
    expect(plain(await store.load(other.groupId))).toEqual(plain(other));
  });

  it('overwrites the notices that it is asked to, whatever generation, and none of a group that is gone', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    const slots = [7, 0].map((index) => ({ index, sealed: random.bytes(NOTICE_LENGTH) }));
    await store.fileNotices(row.groupId, slots);
    const notices = Uint8Array.from(row.notices);
    for (const { index, sealed } of slots) notices.set(sealed, index * NOTICE_LENGTH);
    expect(plain(await store.load(row.groupId))).toEqual(plain({ ...row, notices }));
    await store.fileNotices(random.uuid(), slots);
  });

  it('loses no notice of many that come at the same time, swaps among them', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    const slots = Array.from({ length: NOTICE_SLOTS }, (_, index) => ({
      index,
      sealed: random.bytes(NOTICE_LENGTH),
    }));
    const swap = store.exclusive(row.groupId, (group) =>
      group.compareAndSwap(row.generation, someState(), 683),
    );
    await Promise.all([...slots.map((slot) => store.fileNotices(row.groupId, [slot])), swap]);
    const stored = await store.load(row.groupId);
    expect(Buffer.from(stored!.notices)).toEqual(Buffer.concat(slots.map(({ sealed }) => sealed)));
  });

  it('expires the groups that were idle since before a month, and no other', async () => {
    const store = await make();
    const [idle, older, active] = [681, 600, 682].map((lastActiveMonth) => someRow({ lastActiveMonth }));
    for (const row of [idle, older, active]) await store.insert(row!);
    expect(await store.expireIdle(682)).toBeGreaterThanOrEqual(2);
    for (const row of [idle, older]) expect(await store.load(row!.groupId)).toBeUndefined();
    expect(plain(await store.load(active!.groupId))).toEqual(plain(active));
    expect(await store.expireIdle(682)).toBe(0);
  });

  it('expires no group that somebody is about to be active in', async () => {
    const store = await make();
    const row = someRow({ lastActiveMonth: 681 });
    await store.insert(row);
    const [inside, gate] = [new Gate(1), new Gate(1)];
    const sending = store.shared(row.groupId, async (group) => {
      await group.loadRoster();
      inside.knock();
      await gate.opened;
      await group.markActive(682);
    });
    await inside.opened;
    const expiring = store.expireIdle(682);
    gate.knock();
    await Promise.all([sending, expiring]);
    expect((await store.load(row.groupId))?.lastActiveMonth).toBe(682);
  });

  it('forgets a pending fan-out by its generation alone', async () => {
    const store = await make();
    const row = someRow({ pending: random.bytes(100) });
    await store.insert(row);
    await store.clearPending(row.groupId, random.bytes(16));
    await store.shared(row.groupId, (group) => group.clearPending(random.bytes(16)));
    expect((await store.load(row.groupId))?.pending).toBeDefined();
    await store.shared(row.groupId, (group) => group.clearPending(row.generation));
    expect(plain(await store.load(row.groupId))).toEqual(plain({ ...row, pending: undefined }));
  });

  it('notes the month of activity and nothing else', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    await store.shared(row.groupId, (group) => group.markActive(684));
    expect(plain(await store.load(row.groupId))).toEqual(plain({ ...row, lastActiveMonth: 684 }));
  });

  it('undoes what was written when the work throws', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    const work = store.exclusive(row.groupId, async (group) => {
      await group.compareAndSwap(row.generation, someState(), 683);
      throw new Error('interrupted');
    });
    await expect(work).rejects.toThrow('interrupted');
    expect(plain(await store.load(row.groupId))).toEqual(plain(row));
  });

  it('rewrites what it keeps once a month, and every group is there to the byte', async () => {
    const store = await make();
    const rows = [someRow(), someRow({ pending: random.bytes(100) }), someRow()];
    for (const row of rows) await store.insert(row);
    expect(await store.rewriteInKeyOrder(MONTH)).toBe(true);
    expect(await store.rewriteInKeyOrder(MONTH)).toBe(false);
    expect(await store.rewriteInKeyOrder(MONTH + 1)).toBe(true);
    for (const row of rows) expect(plain(await store.load(row.groupId))).toEqual(plain(row));
  });

  it('keeps a writer out while readers are in, and the other way round', async () => {
    const store = await make();
    const row = someRow();
    await store.insert(row);
    const events: string[] = [];
    const [inside, gate] = [new Gate(2), new Gate(1)];
    const reader = store.shared.bind(store, row.groupId, async (group) => {
      await group.loadRoster();
      inside.knock();
      await gate.opened;
      events.push('read');
    });
    const readers = [reader(), reader()];
    await inside.opened;
    const writer = store.exclusive(row.groupId, async (group) => {
      await group.loadWhole();
      events.push('written');
    });
    gate.knock();
    await Promise.all([...readers, writer]);
    expect(events).toEqual(['read', 'read', 'written']);
  });
}

/** Opens at the last of so many knocks. */
class Gate {
  readonly opened: Promise<void>;
  #open: () => void = () => undefined;

  constructor(private knocks: number) {
    this.opened = new Promise((resolve) => (this.#open = resolve));
  }

  knock(): void {
    if (--this.knocks === 0) this.#open();
  }
}
