import { monthNumber } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import type { GroupRow } from '../domain/group-row.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { makeArrival } from '../testing/scripted-arrival.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds, { open: true });
});

const row = async (of = group) => (await ds.store.load(of.uuid)) as GroupRow;

/** All that a snapshot can tell of a row without a key: its columns' lengths and its month. */
function shapeOf({ roster, tree, pending, lastActiveMonth, notices, noticeKey, generation }: GroupRow) {
  const columns = { roster, tree, notices, noticeKey, generation, pending: pending ?? new Uint8Array(0) };
  const lengths = Object.entries(columns).map(([name, { length }]) => [name, length] as const);
  return { lastActiveMonth, ...Object.fromEntries(lengths) };
}

/** The shape of a fresh group of so many while a change's fan-out waits. */
async function waiting(others: number, change: () => Promise<unknown>) {
  group = await ScriptedConversation.begin(ds, { open: true });
  if (others > 0) await group.add(others);
  ds.transport.failNext();
  await change();
  const waits = await row();
  expect(waits.pending).toBeDefined();
  return JSON.stringify(shapeOf(waits));
}

describe('a row', () => {
  it('has one shape, whatever its small group has been through', async () => {
    const alone = shapeOf(await row());
    const made = makeArrival(group);
    mustHold(await group.submitJoin(made));
    const bob = made.take();
    expect(shapeOf(await row())).toEqual(alone);
    const others = await group.add(8);
    expect(shapeOf(await row())).toEqual(alone);
    for (const leaf of [bob, ...others]) mustHold(await group.submitLeave(leaf));
    expect(shapeOf(await row())).toEqual(alone);
    for (const leaf of others) ds.transport.deleteQueue(group.member(leaf).queue.sealed);
    mustHold(await group.send(0));
    expect(shapeOf(await row())).toEqual(alone);
    mustHold(await group.updateProfileKey(0, ds.crypto.random.bytes(61)));
    mustHold(await group.updateQueueConfig(0));
    expect(shapeOf(await row())).toEqual(alone);
  });

  it('shows that something waits, and not what: a commit, a joiner, a proposal, the Removes of the DS, the end', async () => {
    const shapes = [
      await waiting(4, () => group.submitUpdate(group.make({}))),
      await waiting(0, () => group.submitJoin(makeArrival(group))),
      await waiting(2, () => group.submitAdd(group.make({ add: [group.client()] }))),
      await waiting(4, () => group.submitResync(makeArrival(group, { replace: 2 }), 2)),
      await waiting(4, () => group.submitLeave(2)),
      await waiting(4, () => group.submitDelete(group.make({ remove: [1, 2, 3, 4] }))),
    ];
    expect(new Set(shapes).size).toBe(1);
    // By then all but the one who asks are inactive.
    const induced = await waiting(4, () => {
      ds.clock.advance(Date.UTC(2026, 9, 1) - ds.clock.now());
      return group.updateProfileKey(0, ds.crypto.random.bytes(61));
    });
    const lastActiveMonth = monthNumber(ds.clock.now());
    expect(JSON.parse(induced)).toEqual({ ...JSON.parse(shapes[0]!), lastActiveMonth });
  });
});
