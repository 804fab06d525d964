import { nodeCrypto } from '@phoenix/crypto';
import type { GroupState, GroupStore, RosterState } from '../ports/group-store.js';
import { Gate } from './gate.js';
import { groupUpkeepConformance } from './group-upkeep.conformance.js';
import { plain, someRow, someState } from './some-row.js';

const { random } = nodeCrypto();

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

  groupUpkeepConformance(make);
}
