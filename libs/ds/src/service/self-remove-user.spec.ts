import { concat, done, encode, opaque, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import type { CommitScript, MadeCommit } from '../testing/commit-script.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';
import { makeProposal } from '../testing/scripted-proposal.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;
let carol: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  [bob, carol] = (await group.add(2)) as [number, number];
});

const invalid = (rule: string) => refuse('INVALID_MESSAGE', { rule });
const proposals = (leaf: number) =>
  group.received(group.member(leaf)).filter(({ type }) => type === 'proposal');

async function refused(leaf: number, proposal?: Uint8Array) {
  const before = await group.stored();
  const outcome = await group.submitLeave(leaf, proposal);
  expect(outcome.ok).toBe(false);
  expect(await group.stored()).toBe(before);
  return outcome;
}

describe('selfRemoveUser', () => {
  it('tells all, and its sender is out with the next commit', async () => {
    expect(await group.submitLeave(carol)).toEqual(done());
    for (const leaf of [0, bob, carol]) expect(proposals(leaf)).toHaveLength(1);
    const client = group.member(carol);
    const made = group.make({ committer: bob, references: group.pendingFor(client) });
    expect(await group.submitUpdate(made, bob)).toEqual(done({ epoch: 2n }));
    made.take();
    expect(group.members.has(carol)).toBe(false);
    expect(group.received(client).at(-1)?.type).toBe('commit');
    group.members.set(carol, client);
    expect(await group.send(carol)).toEqual(refuse('SIGNATURE_INVALID'));
  });

  it('is answered again as done, sent out once, and completed when it was interrupted', async () => {
    const proposal = makeProposal(group, carol);
    ds.transport.failNext();
    expect(await group.submitLeave(carol, proposal, 'b')).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    expect(proposals(bob)).toEqual([]);
    expect(await group.submitLeave(carol, proposal, 'b')).toEqual(done());
    expect(await group.submitLeave(carol, proposal, 'another body')).toEqual(done());
    expect(proposals(bob)).toHaveLength(1);
    expect((await ds.store.load(group.uuid))?.pending).toBeUndefined();
  });

  it('is completed by the next message, and comes before it', async () => {
    ds.transport.failNext();
    await group.submitLeave(carol);
    expect(await group.send(0)).toEqual(done());
    expect(
      group
        .received(group.member(bob))
        .map(({ type }) => type)
        .slice(-2),
    ).toEqual(['proposal', 'application']);
  });

  it('takes one Remove of a leaf', async () => {
    mustHold(await group.submitLeave(carol));
    expect(await refused(carol)).toEqual(refuse('ALREADY_EXISTS', { rule: 'ds.self-remove.once' }));
  });

  it('takes the Remove of oneself, proposed by oneself, and nothing else', async () => {
    const own = invalid('ds.self-remove.own');
    expect(await refused(carol, makeProposal(group, carol, { type: 'remove', removed: bob }))).toEqual(own);
    expect(await refused(carol, makeProposal(group, bob))).toEqual(own);
    const { keyPackage } = group.client();
    expect(await refused(carol, makeProposal(group, carol, { type: 'add', keyPackage }))).toEqual(own);
    expect(await refused(carol, group.make({}).input.commit)).toEqual(invalid('mls.6-content-type'));
    expect(await refused(carol, new Uint8Array(3))).toEqual(refuse('BAD_REQUEST'));
  });

  it('carries nothing of a leaver’s around', async () => {
    for (const length of [1, 1024, 2 ** 20]) {
      const proposal = makeProposal(group, carol, undefined, new Uint8Array(length));
      expect(await refused(carol, proposal)).toEqual(invalid('ds.self-remove.aad'));
    }
  });

  it('takes no membership tag that is longer than one', async () => {
    const plain = makeProposal(group, carol);
    const long = concat(plain.subarray(0, -33), encode(opaque(), new Uint8Array(4096)));
    expect(await refused(carol, long)).toEqual(invalid('mls.6.2-membership-tag'));
  });

  it('takes none that its sender did not sign, or of an epoch that is over', async () => {
    const old = makeProposal(group, carol);
    const forged = Uint8Array.from(old);
    forged[forged.length - 50]! ^= 1;
    expect(await refused(carol, forged)).toEqual(invalid('mls.6.1-signature'));
    await group.update(0);
    expect(await refused(carol, old)).toEqual(refuse('WRONG_EPOCH', { epoch: 2n }));
  });

  it('keeps the last admin, not counting those who are leaving', async () => {
    const last = refuse('FORBIDDEN', { rule: 'ds.role.last-admin' });
    expect(await refused(0)).toEqual(last);
    const admins = [group.member(0).pseudonym, group.member(bob).pseudonym];
    const made = group.make({ admins });
    mustHold(await group.submitContext(made));
    made.take();
    expect(await group.submitLeave(bob)).toEqual(done());
    expect(await refused(0)).toEqual(last);
  });
});

describe('while a proposal is pending', () => {
  let pending: Uint8Array[];

  beforeEach(async () => {
    mustHold(await group.submitLeave(carol));
    pending = proposals(0).map(({ payload }) => payload);
  });

  const isPending = () => refuse('PROPOSALS_PENDING', { proposals: pending });
  const references = () => group.pendingFor(group.member(0));

  async function without(
    submit: (made: MadeCommit, committer?: number) => Promise<unknown>,
    script: CommitScript,
  ) {
    const before = await group.stored();
    expect(await submit.call(group, group.make(script), script.committer)).toEqual(isPending());
    expect(await group.stored()).toBe(before);
  }

  it('every commit without it is answered with it', async () => {
    await without(group.submitUpdate, { committer: bob });
    await without(group.submitAdd, { add: [group.client()] });
    await without(group.submitRemove, { remove: [bob] });
    await without(group.submitContext, { admins: [group.member(0).pseudonym] });
    const before = await group.stored();
    expect(await group.submitDelete(group.make({ remove: [bob, carol] }))).toEqual(isPending());
    expect(await group.stored()).toBe(before);
  });

  it('also one that breaks other rules, and one of who is leaving', async () => {
    await without(group.submitUpdate, { committer: bob, remove: [0] });
    await without(group.submitUpdate, { committer: carol });
    const commit = {
      proposals: references().map(({ ref: reference }) => ({ type: 'reference', reference }) as const),
    };
    const made = group.make({ committer: carol, commit: { ...commit, path: undefined } });
    expect(await group.submitUpdate(made, carol)).toEqual(isPending());
  });

  it('one of an epoch that is over is told so, and a stranger nothing', async () => {
    const old = group.make({ committer: bob });
    const made = group.make({ references: references() });
    mustHold(await group.submitUpdate(made));
    made.take();
    expect(await group.submitUpdate(old, bob)).toEqual(refuse('WRONG_EPOCH', { epoch: 2n }));
    expect(await group.submitUpdate(old, bob, group.client())).toEqual(refuse('SIGNATURE_INVALID'));
  });

  it('an admin removes others beside it', async () => {
    const made = group.make({ remove: [bob], references: references() });
    expect(await group.submitRemove(made)).toEqual(done({ epoch: 2n }));
    made.take();
    expect([...group.members.keys()]).toEqual([0]);
  });

  it('all that are pending have to be included, in whatever order', async () => {
    mustHold(await group.submitLeave(bob));
    pending = proposals(0).map(({ payload }) => payload);
    const all = references();
    expect(all).toHaveLength(2);
    await without(group.submitUpdate, { references: all.slice(0, 1) });
    await without(group.submitUpdate, { references: all.slice(1) });
    const made = group.make({ references: [...all].reverse() });
    expect(await group.submitUpdate(made)).toEqual(done({ epoch: 2n }));
  });

  it('messages go on, also of who is leaving', async () => {
    expect(await group.send(carol)).toEqual(done());
    expect(await group.send(bob)).toEqual(done());
  });
});
