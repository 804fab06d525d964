import { wipe } from '@phoenix/crypto';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { GroupCipher } from '../domain/group-cipher.js';
import type { GroupRow } from '../domain/group-row.js';
import { NOTICE_LENGTH } from '../domain/notice.js';
import { deletedQueues, NOTICE_SLOTS } from '../domain/notices.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { FaultyGroupStore, Interruptions } from '../testing/interruptions.js';
import { mustHold } from '../testing/must-hold.js';
import { HOME } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';
import { openRoster, openTree } from './open-group.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;
let interruptions: Interruptions;

beforeEach(async () => {
  interruptions = new Interruptions();
  ds = await DsUnderTest.over(new FaultyGroupStore(new MemoryGroupStore(), interruptions));
  group = await ScriptedConversation.begin(ds);
  [bob] = (await group.add(3)) as [number];
});

const row = async (of = group) => (await ds.store.load(of.uuid)) as GroupRow;
const leave = (leaf: number) => ds.transport.deleteQueue(group.member(leaf).queue.sealed);
const slots = ({ notices }: GroupRow) =>
  Array.from({ length: NOTICE_SLOTS }, (_, i) =>
    Buffer.from(notices.subarray(i * NOTICE_LENGTH, (i + 1) * NOTICE_LENGTH)).toString('hex'),
  );
const changedSlots = (before: GroupRow, after: GroupRow) => {
  const known = slots(before);
  return slots(after).filter((slot, i) => slot !== known[i]).length;
};

/** What a member's next commit would read. */
async function noticed() {
  const stored = await row();
  const cipher = new GroupCipher(ds.crypto, { uuid: group.uuid, domain: HOME }, group.earKey.slice());
  const roster = mustHold(openRoster(cipher, stored));
  const { noticeKey: privateKey, noticesRead } = mustHold(openTree(cipher, roster, stored)).section;
  const reading = { group: cipher.groupId, privateKey, column: stored.notices, noticesRead };
  return deletedQueues(ds.crypto, reading).queues;
}

const reportOf = (leaf: number) => ({
  digest: ds.crypto.sha256(group.member(leaf).queue.sealed),
  domain: HOME,
});

describe('a report of a deleted queue', () => {
  it('is filed with the group by the message that could not reach it, and its sender is told nothing', async () => {
    leave(bob);
    expect(await group.send(0)).toEqual({ ok: true, value: undefined });
    expect(await noticed()).toEqual([reportOf(bob)]);
  });

  it('is filed once though every message finds it, and again after a day', async () => {
    leave(bob);
    mustHold(await group.send(0));
    const filed = await row();
    for (let i = 0; i < 5; i++) mustHold(await group.send(0));
    expect(changedSlots(filed, await row())).toBe(0);
    ds.clock.advance(24 * 60 * 60_000);
    mustHold(await group.send(0));
    expect(changedSlots(filed, await row())).toBeGreaterThan(0);
    expect(new Set((await noticed()).map(({ digest }) => Buffer.from(digest).toString('hex'))).size).toBe(1);
  });

  it('is filed with each group that the queue is in', async () => {
    const other = await ScriptedConversation.begin(ds);
    const [leaf] = (await other.add(1)) as [number];
    const aad = { ownQueueConfig: group.member(bob).queue };
    const made = other.make({ committer: leaf, aad });
    mustHold(await other.submitUpdate(made, leaf));
    made.take();
    leave(bob);
    mustHold(await group.send(0));
    const before = await row(other);
    mustHold(await other.send(0));
    expect(changedSlots(before, await row(other))).toBe(1);
  });

  it('takes one slot for each queue, and leaves the rest of the row as it is', async () => {
    for (const leaf of [1, 2, 3]) leave(leaf);
    const before = await row();
    mustHold(await group.send(0));
    const after = await row();
    expect(changedSlots(before, after)).toBe(3);
    expect(await noticed()).toHaveLength(3);
    const [{ notices: _a, ...rest }, { notices: _b, ...restAfter }] = [before, after];
    expect(restAfter).toEqual(rest);
  });

  it('is not its sender’s business when it cannot be filed: the message is taken, and the next one files it', async () => {
    leave(bob);
    const send = () => group.send(0);
    // The message's own steps first: the roster is loaded, the shared lock left; then the notices are filed.
    interruptions.at(5);
    mustHold(await send());
    interruptions.never();
    expect(await noticed()).toEqual([]);
    mustHold(await send());
    expect(await noticed()).toEqual([reportOf(bob)]);
  });

  it('is not its sender’s business when the row’s notice key is no key', async () => {
    leave(bob);
    const stored = await row();
    wipe(stored.noticeKey);
    mustHold(await group.send(0));
    expect(group.received(group.member(2)).at(-1)?.type).toBe('application');
  });

  it('shows in no size and in no number of bytes: rows with none and with five look alike', async () => {
    const quiet = await ScriptedConversation.begin(ds);
    await group.add(3);
    for (const leaf of [1, 2, 3, 4, 5]) leave(leaf);
    mustHold(await group.send(0));
    expect(await noticed()).toHaveLength(5);
    const [none, five] = [await row(quiet), await row()];
    expect(five.notices).toHaveLength(none.notices.length);
    expect(new Set(slots(none)).size).toBe(NOTICE_SLOTS);
    expect(new Set(slots(five)).size).toBe(NOTICE_SLOTS);
    expect([five.roster.length, five.tree.length]).toEqual([none.roster.length, none.tree.length]);
  });
});

describe('a queue that was reported deleted', () => {
  it('has its owner proposed for removal by the next commit, and by no message', async () => {
    leave(bob);
    mustHold(await group.send(0));
    await group.update(0);
    const proposals = group.pendingFor(group.member(2)).map(({ proposal }) => proposal);
    expect(proposals).toMatchObject([{ type: 'remove', removed: bob }]);
  });

  it('counts no more once its owner has another one', async () => {
    leave(bob);
    mustHold(await group.send(0));
    mustHold(await group.updateQueueConfig(bob));
    await group.update(0);
    expect(group.pendingFor(group.member(2))).toEqual([]);
  });

  it('is found by a commit’s own fan-out, too, for the commit after it', async () => {
    leave(bob);
    await group.update(0);
    expect(await noticed()).toEqual([reportOf(bob)]);
  });
});
