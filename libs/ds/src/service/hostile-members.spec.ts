import { done, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import type { GroupRow } from '../domain/group-row.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let store: MemoryGroupStore;
let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;

beforeEach(async () => {
  store = new MemoryGroupStore();
  ds = await DsUnderTest.over(store);
  group = await ScriptedConversation.begin(ds);
  [bob] = (await group.add(2)) as [number];
});

const fresh = () => ds.crypto.random.bytes(32);
const invalid = (rule: string) => refuse('INVALID_COMMIT', { rule });
const row = async () => (await store.load(group.uuid)) as GroupRow;

describe('a pseudonym', () => {
  it('does not pass from one leaf to another within a commit', async () => {
    const { pseudonym: admin } = group.member(0);
    const renamed = fresh();
    const taken = group.make({
      pseudonym: renamed,
      admins: [renamed],
      add: [group.client({ pseudonym: admin })],
    });
    expect(await group.submitAdd(taken)).toMatchObject({ ok: false });

    const { pseudonym: removed } = group.member(bob);
    const inherited = group.make({ remove: [bob], pseudonym: removed, admins: [removed] });
    expect(await group.submitRemove(inherited)).toEqual(invalid('ds.leaf.pseudonym'));
  });
});

describe('a commit of an epoch that is over', () => {
  it('gets nothing by the key that its committer had then, unless it is the one that was taken', async () => {
    const old = group.member(bob);
    const [taken, other] = [
      group.make({ committer: bob, pseudonym: fresh() }),
      group.make({ committer: bob, pseudonym: fresh() }),
    ];
    mustHold(await group.submitUpdate(taken, bob));
    expect(await group.submitUpdate(other, bob, old)).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await group.submitUpdate(taken, bob, old)).toEqual(done({ epoch: 2n }));
    taken.take();
    await group.update(0);
    expect(await group.submitUpdate(taken, bob, old)).toEqual(refuse('SIGNATURE_INVALID'));
  });
});

describe('a joiner that is removed before it joins', () => {
  it('can still join its epoch, to read what was sent while it was a member and that it is out', async () => {
    const dave = group.client();
    const added = group.make({ add: [dave] });
    mustHold(await group.submitAdd(added));
    added.take();
    const epoch = group.scripted.group.epoch;
    const before = await group.welcomeInfo(dave, epoch);
    const leaf = [...group.members].find(([, member]) => member === dave)?.[0] as number;
    await group.remove([leaf]);
    expect(await group.welcomeInfo(dave, epoch)).toEqual(before);
    expect(before.ok).toBe(true);
  });
});

describe('a row that was put back to what it was', () => {
  it('has its pending fan-out handed over again without a second effect', async () => {
    const made = group.make({});
    let before: GroupRow | undefined;
    const deliver = ds.transport.deliver.bind(ds.transport);
    ds.transport.deliver = async (fanOuts) => {
      before ??= await row();
      return deliver(fanOuts);
    };
    mustHold(await group.submitUpdate(made));
    made.take();
    const commits = () => group.received(group.member(bob)).filter(({ type }) => type === 'commit').length;
    const seen = commits();
    const { generation } = await row();
    const put = { ...(before as GroupRow), pending: before?.pending as Uint8Array };
    await store.exclusive(group.uuid, (locked) => locked.compareAndSwap(generation, put, 676));
    expect(await group.send(bob)).toEqual(done());
    expect(commits()).toBe(seen);
    expect((await row()).pending).toBeUndefined();
  });
});

describe('a group of a thousand', () => {
  it('is full, works, and takes one more only when one has gone', async () => {
    await group.add(997);
    const one = group.make({ add: [group.client()] });
    expect(await group.submitAdd(one)).toEqual(refuse('LIMIT_EXCEEDED', { rule: 'ds.limit.members' }));
    expect(await group.send(999)).toEqual(done());
    await group.update(500, fresh());
    await group.remove([999]);
    await group.add(1);
    expect(group.received(group.member(998)).slice(-1)).toMatchObject([{ type: 'commit' }]);
  });
});
