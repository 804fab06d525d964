import { decode, done, memberKeySet, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { type ArrivalScript, makeArrival, type MadeArrival } from '../testing/scripted-arrival.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;
let carol: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  [bob, carol] = (await group.add(2)) as [number, number];
});

const invalid = (rule: string) => refuse('INVALID_COMMIT', { rule });
const commits = (leaf: number) => group.received(group.member(leaf)).filter(({ type }) => type === 'commit');

async function submit(leaf: number, script: ArrivalScript = {}, made?: MadeArrival) {
  const before = await group.stored();
  const arrival = made ?? makeArrival(group, { replace: leaf, ...script });
  const outcome = await group.submitResync(arrival, leaf);
  if (outcome.ok) arrival.take();
  else expect(await group.stored()).toBe(before);
  return outcome;
}

describe('resyncClient', () => {
  it('lets a member come back under its name, with new keys, at its queue', async () => {
    const seen = commits(carol).length;
    expect(await submit(carol)).toEqual(done({ epoch: 2n }));
    expect(commits(carol)).toHaveLength(seen + 1);
    expect(await group.send(carol)).toEqual(done());
    const dave = group.client();
    await group.submitAdd(group.make({ add: [dave] }));
    const info = await group.welcomeInfo(dave, 3n);
    const keys = info.ok ? info.value.memberKeys.find(({ leaf }) => leaf === carol)?.keys : undefined;
    expect(decode(memberKeySet, keys!)).toEqual(group.member(carol).keys);
  });

  it('lets an admin come back as an admin, also as the last one', async () => {
    expect(await submit(0)).toEqual(done({ epoch: 2n }));
    await group.remove([bob]);
  });

  it('lets in who is alone', async () => {
    const alone = await ScriptedConversation.begin(ds, { open: true });
    const made = makeArrival(alone, { replace: 0 });
    expect(await alone.submitResync(made, 0)).toEqual(done({ epoch: 1n }));
    made.take();
    expect(await alone.submitJoin(makeArrival(alone))).toEqual(done({ epoch: 2n }));
  });

  it('may take another leaf than before, and its retry is known by the old one', async () => {
    await group.remove([bob]);
    const old = group.member(carol);
    const made = makeArrival(group, { replace: carol });
    mustHold(await group.submitResync(made, carol));
    expect(made.take()).toBe(bob);
    const stored = await group.stored();
    expect(await group.submitResync(made, carol, old)).toEqual(done({ epoch: 3n }));
    expect(await group.submitResync(made, carol, group.member(bob))).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await group.stored()).toBe(stored);
    expect(await group.send(bob)).toEqual(done());
  });

  it('brings another queue, which gets its own commit', async () => {
    const ownQueueConfig = { domain: 'example.com', sealed: ds.crypto.random.bytes(180) };
    const old = group.member(carol);
    const seen = group.received(old).length;
    expect(await submit(carol, { aad: { ownQueueConfig } })).toMatchObject({ ok: true });
    expect(group.received(old)).toHaveLength(seen);
    expect(commits(carol)).toHaveLength(1);
  });

  it('may keep its credential and key, and then keeps its key set, wherever it sits', async () => {
    await group.remove([bob]);
    const client = group.member(carol);
    expect(await submit(carol, { client, aad: { own: undefined } })).toMatchObject({ ok: true });
    const dave = group.client();
    await group.submitAdd(group.make({ add: [dave] }));
    const info = mustHold(await group.welcomeInfo(dave, 4n));
    expect(info.memberKeys.map(({ leaf }) => leaf)).toEqual([0, bob, 2]);
    expect(decode(memberKeySet, info.memberKeys[1]!.keys)).toEqual(client.keys);
  });

  it('comes back although it is being removed, which is void then; who else leaves, leaves', async () => {
    mustHold(await group.submitLeave(bob));
    mustHold(await group.submitLeave(carol));
    expect(await submit(carol)).toEqual(done({ epoch: 2n }));
    const pending = group.pendingFor(group.member(0));
    expect(pending.map(({ proposal, sender }) => ({ proposal, sender }))).toEqual([
      { proposal: { type: 'remove', removed: bob }, sender: { type: 'external', senderIndex: 0 } },
    ]);
    expect(group.pendingFor(group.member(carol))).toEqual(pending);
    const committed = group.make({ committer: carol, references: pending });
    expect(await group.submitUpdate(committed, carol)).toEqual(done({ epoch: 3n }));
    committed.take();
    expect([...group.members.keys()].sort()).toEqual([0, carol]);
  });

  it('is signed by the leaf that it replaces, and replaces no other', async () => {
    const made = makeArrival(group, { replace: carol });
    expect(await submit(bob, {}, made)).toEqual(invalid('ds.resync.only-replace'));
    expect(await group.submitResync(made, carol, group.member(bob))).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await submit(bob, {}, makeArrival(group))).toEqual(invalid('ds.resync.only-replace'));
  });

  it('keeps its name', async () => {
    const client = group.client();
    expect(await submit(carol, { client })).toEqual(invalid('ds.resync.pseudonym'));
    const { pseudonym } = group.member(0);
    expect(await submit(carol, { client: group.client({ pseudonym }) })).toEqual(
      invalid('ds.resync.pseudonym'),
    );
  });

  it('brings a key set exactly with a new credential', async () => {
    expect(await submit(carol, { aad: { own: undefined } })).toEqual(invalid('ds.commit.own-keys'));
    const client = group.member(carol);
    expect(await submit(carol, { client })).toEqual(invalid('ds.commit.own-keys'));
    const { signer, seed } = group.client();
    expect(await submit(carol, { client: { ...client, signer, seed }, aad: { own: undefined } })).toEqual(
      invalid('ds.commit.own-credential'),
    );
  });

  it('is told the current epoch when another was quicker', async () => {
    const made = makeArrival(group, { replace: carol });
    await group.update(0);
    expect(await submit(carol, {}, made)).toEqual(refuse('WRONG_EPOCH', { epoch: 2n }));
  });
});
