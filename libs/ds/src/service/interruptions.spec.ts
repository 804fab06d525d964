import { done, formatUuid } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { FaultyGroupStore, Interrupted, Interruptions } from '../testing/interruptions.js';
import { HOME } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let interruptions: Interruptions;
let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;

async function begin(): Promise<void> {
  interruptions = new Interruptions();
  ds = await DsUnderTest.over(new FaultyGroupStore(new MemoryGroupStore(), interruptions));
  const deliver = ds.transport.deliver.bind(ds.transport);
  ds.transport.deliver = (fanOuts) => interruptions.around(() => deliver(fanOuts));
  group = await ScriptedConversation.begin(ds);
  [bob] = (await group.add(2)) as [number];
}

/** Runs an operation that is cut off at its n-th step; whether it was. */
async function isCutOff(step: number, work: () => Promise<unknown>): Promise<boolean> {
  interruptions.at(step);
  try {
    await work();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(Interrupted);
    return true;
  } finally {
    interruptions.never();
  }
}

/** Every step at which an operation can be cut off, one after the other, each on a fresh group. */
async function atEachStep(run: (step: number) => Promise<boolean>): Promise<number> {
  for (let step = 1; ; step++) {
    await begin();
    if (!(await run(step))) return step - 1;
  }
}

const types = (leaf: number) => group.received(group.member(leaf)).map(({ type }) => type);
const count = (leaf: number, type: string) => types(leaf).filter((each) => each === type).length;

describe('an operation that is cut off, wherever that is', () => {
  it('is a commit that takes effect once when its sender sends it again', async () => {
    const steps = await atEachStep(async (step) => {
      const joiner = group.client();
      const made = group.make({ add: [joiner] });
      const before = count(bob, 'commit');
      const wasCutOff = await isCutOff(step, () => group.submitAdd(made));
      expect(await group.submitAdd(made)).toEqual(done({ epoch: 2n }));
      expect(await group.submitAdd(made)).toEqual(done({ epoch: 2n }));
      expect(count(bob, 'commit')).toBe(before + 1);
      expect(group.received(joiner).map(({ type }) => type)).toEqual(['welcome_bundle']);
      expect((await ds.store.load(group.uuid))?.pending).toBeUndefined();
      return wasCutOff;
    });
    expect(steps).toBeGreaterThanOrEqual(9);
  });

  it('is a commit of whose effect, if it has one, the next message comes after', async () => {
    await atEachStep(async (step) => {
      const made = group.make({});
      const before = count(bob, 'commit');
      const wasCutOff = await isCutOff(step, () => group.submitUpdate(made));
      const epoch = 1n;
      const sent = await group.send(bob, group.message(epoch));
      if (sent.ok) expect(count(bob, 'commit')).toBe(before);
      else {
        expect(sent.refusal).toEqual({ code: 'WRONG_EPOCH', epoch: 2n });
        expect(await group.send(bob, group.message(2n))).toEqual(done());
        expect(types(0).slice(-2)).toEqual(['commit', 'application']);
        expect(count(bob, 'commit')).toBe(before + 1);
      }
      return wasCutOff;
    });
  });

  it('is a message that is sent once when its sender sends it again, in a later epoch, too', async () => {
    for (const isLater of [false, true]) {
      await atEachStep(async (step) => {
        const payload = group.message();
        const wasCutOff = await isCutOff(step, () => group.send(bob, payload, 'b'));
        const taken = count(0, 'application');
        if (isLater) await group.update(0);
        const again = await group.send(bob, payload, 'b');
        expect(again.ok).toBe(!isLater || taken === 1);
        expect(count(0, 'application')).toBe(again.ok ? 1 : 0);
        return wasCutOff;
      });
    }
  });

  it('is a change of queue config that is made once, after what an interrupted commit left behind', async () => {
    const steps = await atEachStep(async (step) => {
      const made = group.make({});
      ds.transport.failNext();
      await group.submitUpdate(made);
      const before = group.member(bob).queue.sealed;
      const queue = { domain: HOME, sealed: ds.crypto.random.bytes(180) };
      const update = () => group.updateQueueConfig(bob, queue, 'b');
      const wasCutOff = await isCutOff(step, update);
      expect(await update()).toEqual(done());
      const { generation } = (await ds.store.load(group.uuid))!;
      expect(await update()).toEqual(done());
      expect((await ds.store.load(group.uuid))!.generation).toEqual(generation);
      expect(await group.send(0, group.message(2n))).toEqual(done());
      const arrived = (sealed: Uint8Array) => ds.transport.queue(sealed).map(({ entry }) => entry.type);
      expect(arrived(before).filter((type) => type === 'commit')).toHaveLength(1);
      expect(arrived(queue.sealed)).toEqual(['application']);
      return wasCutOff;
    });
    expect(steps).toBeGreaterThanOrEqual(9);
  });

  it('is a change of profile key that is made once when its member asks again', async () => {
    await atEachStep(async (step) => {
      const key = ds.crypto.random.bytes(61);
      const update = () => group.updateProfileKey(bob, key, 'b');
      const wasCutOff = await isCutOff(step, update);
      expect(await update()).toEqual(done());
      const info = await group.externalCommitInfo(0);
      const keys = info.ok ? info.value.memberKeys[bob]?.keys : undefined;
      expect(Buffer.from(keys!).includes(Buffer.from(key))).toBe(true);
      expect((await ds.store.load(group.uuid))?.pending).toBeUndefined();
      await group.update(0);
      return wasCutOff;
    });
  });

  it('is a message to a deleted queue, whose report is filed by it or by a later one', async () => {
    await atEachStep(async (step) => {
      ds.transport.deleteQueue(group.member(bob).queue.sealed);
      const before = (await ds.store.load(group.uuid))!.notices;
      const payload = group.message();
      const wasCutOff = await isCutOff(step, () => group.send(0, payload, 'b'));
      expect(await group.send(0, payload, 'b')).toEqual(done());
      expect(count(2, 'application')).toBe(1);
      expect(Buffer.compare((await ds.store.load(group.uuid))!.notices, before)).not.toBe(0);
      return wasCutOff;
    });
  });

  it('is a new group that is there once when its creator asks again', async () => {
    await atEachStep(async (step) => {
      const fresh = new ScriptedConversation(ds);
      const creation = fresh.creation();
      const create = () => fresh.create({ ...creation, earKey: fresh.earKey.slice() });
      const wasCutOff = await isCutOff(step, create);
      expect(await create()).toEqual(done());
      expect(await fresh.send(0)).toEqual(done());
      expect(formatUuid(fresh.uuid)).not.toBe(formatUuid(group.uuid));
      return wasCutOff;
    });
  });
});

describe('queues that are out of reach for minutes', () => {
  it('hold back what is new, lose nothing, and get all of it in order once they are back', async () => {
    await begin();
    const made = group.make({});
    ds.transport.failNext(1000);
    for (let minute = 0; minute < 3; minute++) {
      expect(await group.submitUpdate(made)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
      expect(await group.send(bob, group.message(2n))).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
      ds.clock.advance(60_000);
    }
    ds.transport.failNext(0);
    expect(await group.send(bob, group.message(2n))).toEqual(done());
    expect(await group.submitUpdate(made)).toEqual(done({ epoch: 2n }));
    expect(types(0).slice(-2)).toEqual(['commit', 'application']);
  });
});
