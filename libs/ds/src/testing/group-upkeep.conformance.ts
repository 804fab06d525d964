import { nodeCrypto } from '@phoenix/crypto';
import { NOTICE_LENGTH } from '../domain/notice.js';
import { NOTICE_SLOTS } from '../domain/notices.js';
import type { GroupStore } from '../ports/group-store.js';
import { Gate } from './gate.js';
import { plain, someRow, someState } from './some-row.js';

const { random } = nodeCrypto();
/** Stores on one database share it: no other test takes this month. */
const MONTH = 7_000;

/** What a GroupStore holds to beside its groups' states: notices, expiry, and the order it keeps rows in. */
export function groupUpkeepConformance(make: () => Promise<GroupStore>): void {
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

  it('rewrites what it keeps once a month, and every group is there to the byte', async () => {
    const store = await make();
    const rows = [someRow(), someRow({ pending: random.bytes(100) }), someRow()];
    for (const row of rows) await store.insert(row);
    expect(await store.rewriteInKeyOrder(MONTH)).toBe(true);
    expect(await store.rewriteInKeyOrder(MONTH)).toBe(false);
    expect(await store.rewriteInKeyOrder(MONTH + 1)).toBe(true);
    for (const row of rows) expect(plain(await store.load(row.groupId))).toEqual(plain(row));
  });
}
