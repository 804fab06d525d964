import { done, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  [bob] = (await group.add(2)) as [number];
});

const unavailable = refuse('UNAVAILABLE', { retryAfterMs: 1000 });
const commits = (leaf: number) => group.received(group.member(leaf)).filter(({ type }) => type === 'commit');
const pending = async () => (await ds.store.load(group.uuid))?.pending;

/** A commit of Alice's that is stored, and whose fan-out did not get through: as after a crash in between. */
async function interrupted() {
  const made = group.make({ add: [group.client()] });
  const before = commits(bob).length;
  ds.transport.failNext();
  expect(await group.submitAdd(made)).toEqual(unavailable);
  expect(await pending()).toBeDefined();
  expect(commits(bob)).toHaveLength(before);
  return { made, before };
}

describe('a commit whose fan-out was interrupted', () => {
  it('is completed by its sender sending it again, and answered as a success', async () => {
    const { made, before } = await interrupted();
    expect(await group.submitAdd(made)).toEqual(done({ epoch: 2n }));
    expect(commits(bob)).toHaveLength(before + 1);
    expect(await pending()).toBeUndefined();
  });

  it('is completed by the next message, in order, and once', async () => {
    const { made, before } = await interrupted();
    made.take();
    expect(await group.send(bob)).toEqual(done());
    expect(await group.send(bob)).toEqual(done());
    const types = group.received(group.member(0)).map(({ type }) => type);
    expect(types.slice(-3)).toEqual(['commit', 'application', 'application']);
    expect(commits(bob)).toHaveLength(before + 1);
    expect(await pending()).toBeUndefined();
  });

  it('is completed by the next commit, in order, and once', async () => {
    const { made, before } = await interrupted();
    made.take();
    const next = group.make({ committer: bob });
    expect(await group.submitUpdate(next, bob)).toEqual(done({ epoch: 3n }));
    expect(
      commits(0)
        .slice(-2)
        .map(({ payload }) => payload),
    ).toEqual([made.input.commit, next.input.commit]);
    expect(commits(bob)).toHaveLength(before + 2);
  });

  it('holds back what comes after it while the queues stay out of reach', async () => {
    const { made } = await interrupted();
    made.take();
    const stored = await group.stored();
    ds.transport.failNext(2);
    expect(await group.send(bob)).toEqual(unavailable);
    expect(await group.submitUpdate(group.make({ committer: bob }), bob)).toEqual(unavailable);
    expect(await group.stored()).toBe(stored);
  });

  it('is completed once by fifty who come at the same time', async () => {
    const { made, before } = await interrupted();
    made.take();
    const sends = Array.from({ length: 50 }, () => group.send(bob));
    expect((await Promise.all(sends)).every(({ ok }) => ok)).toBe(true);
    expect(commits(bob)).toHaveLength(before + 1);
  });
});

describe('a commit that was taken', () => {
  it('is answered again as a success, under the key its committer had then, and has no second effect', async () => {
    const old = group.member(bob);
    const made = group.make({ committer: bob, pseudonym: ds.crypto.random.bytes(32) });
    expect(await group.submitUpdate(made, bob)).toEqual(done({ epoch: 2n }));
    made.take();
    const stored = await group.stored();
    const seen = commits(0).length;
    expect(await group.submitUpdate(made, bob, old)).toEqual(done({ epoch: 2n }));
    expect(await group.stored()).toBe(stored);
    expect(commits(0)).toHaveLength(seen);
  });

  it('is not answered to another member, nor under another key', async () => {
    const made = group.make({ committer: bob, pseudonym: ds.crypto.random.bytes(32) });
    await group.submitUpdate(made, bob);
    made.take();
    expect(await group.submitUpdate(made, bob)).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await group.submitUpdate(made, 0)).toEqual(refuse('WRONG_EPOCH', { epoch: 2n }));
  });

  it('leaves others of its epoch with the current one', async () => {
    const late = group.make({ committer: bob });
    await group.update(0);
    expect(await group.submitUpdate(late, bob)).toEqual(refuse('WRONG_EPOCH', { epoch: 2n }));
  });
});
