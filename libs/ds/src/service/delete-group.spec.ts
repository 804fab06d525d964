import { done, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { FaultyGroupStore, Interrupted, Interruptions } from '../testing/interruptions.js';
import { mustHold } from '../testing/must-hold.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;
let carol: number;
let interruptions: Interruptions;

beforeEach(begin);

async function begin(): Promise<void> {
  interruptions = new Interruptions();
  ds = await DsUnderTest.over(new FaultyGroupStore(new MemoryGroupStore(), interruptions));
  const deliver = ds.transport.deliver.bind(ds.transport);
  ds.transport.deliver = (fanOuts) => interruptions.around(() => deliver(fanOuts));
  group = await ScriptedConversation.begin(ds);
  [bob, carol] = (await group.add(2)) as [number, number];
}

const row = () => ds.store.load(group.uuid);
const commits = (leaf: number) => group.received(group.member(leaf)).filter(({ type }) => type === 'commit');
const last = (leaf: number) => group.received(group.member(leaf)).at(-1)?.payload;

describe('deleteGroup', () => {
  it('tells all others that they are out, and leaves nothing', async () => {
    const made = group.make({ remove: [bob, carol] });
    expect(await group.submitDelete(made)).toEqual(done());
    for (const leaf of [0, bob, carol]) expect(last(leaf)).toEqual(made.input.commit);
    expect(await row()).toBeUndefined();
    expect(await group.submitDelete(made)).toEqual(refuse('NOT_FOUND'));
    expect(await group.send(0)).toEqual(refuse('NOT_FOUND'));
  });

  it('needs no commit of who is alone, and is for admins', async () => {
    expect(await group.submitDelete()).toEqual(refuse('INVALID_COMMIT', { rule: 'ds.delete.alone' }));
    await group.remove([bob, carol]);
    expect(await group.submitDelete()).toEqual(done());
    expect(await row()).toBeUndefined();
    expect(await group.submitDelete()).toEqual(refuse('NOT_FOUND'));
  });

  it('takes in who is leaving already', async () => {
    mustHold(await group.submitLeave(carol));
    const made = group.make({ remove: [bob], references: group.pendingFor(group.member(0)) });
    expect(await group.submitDelete(made)).toEqual(done());
    expect(await row()).toBeUndefined();
  });

  it('removes all others, and does nothing else', async () => {
    const before = await group.stored();
    const all = refuse('INVALID_COMMIT', { rule: 'ds.delete.all-others' });
    expect(await group.submitDelete(group.make({ remove: [bob] }))).toEqual(all);
    expect(await group.submitDelete(group.make({}))).toEqual(all);
    expect(await group.submitDelete(group.make({ remove: [bob, carol], add: [group.client()] }))).toEqual(
      all,
    );
    expect(await group.stored()).toBe(before);
  });

  it('refuses whoever is not an admin, and half a request', async () => {
    const before = await group.stored();
    const made = group.make({ committer: bob, remove: [0, carol] });
    expect(await group.submitDelete(made, bob)).toEqual(refuse('FORBIDDEN', { rule: 'ds.role.admin' }));
    const { commit } = group.make({ remove: [bob, carol] }).input;
    const half = { groupId: group.uuid, earKey: group.earKey.slice(), commit, groupInfoUpdate: undefined };
    expect(await ds.deleteGroup.execute(half, group.request(0))).toEqual(refuse('BAD_REQUEST'));
    expect(half.earKey).toEqual(new Uint8Array(32));
    expect(await group.stored()).toBe(before);
  });

  it('cut off wherever that is, leaves the old group, or one whose retry completes the deletion', async () => {
    let steps = 0;
    for (let wasCutOff = true; wasCutOff; steps++) {
      await begin();
      const made = group.make({ remove: [bob, carol] });
      const seen = commits(bob).length;
      interruptions.at(steps + 1);
      wasCutOff = await group.submitDelete(made).then(
        () => false,
        (error: unknown) => {
          expect(error).toBeInstanceOf(Interrupted);
          return true;
        },
      );
      interruptions.never();
      const isThere = (await row()) !== undefined;
      expect(await group.submitDelete(made)).toEqual(isThere ? done() : refuse('NOT_FOUND'));
      expect(await row()).toBeUndefined();
      expect(commits(bob)).toHaveLength(seen + 1);
    }
    expect(steps).toBeGreaterThan(10);
  });

  it('cut off, holds back the commit of nobody, and is completed by whatever its sender does next', async () => {
    const made = group.make({ remove: [bob, carol] });
    ds.transport.failNext();
    expect(await group.submitDelete(made)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    made.take();
    expect(await group.send(0)).toEqual(refuse('NOT_FOUND'));
    expect(await group.submitUpdate(group.make({}))).toEqual(refuse('NOT_FOUND'));
    expect(await row()).toBeUndefined();
  });
});
