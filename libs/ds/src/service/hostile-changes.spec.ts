import { ExtensionType, externalSendersCodec, type UpdatePathNode } from '@phoenix/mls';
import { encode, EXTENSION_GROUP_POLICY, groupPolicy, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { makeArrival } from '../testing/scripted-arrival.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;
let carol: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds, { open: true });
  [bob, carol] = (await group.add(2)) as [number, number];
});

const invalid = (rule: string) => refuse('INVALID_COMMIT', { rule });
const named = (...leaves: number[]) => leaves.map((leaf) => group.member(leaf).pseudonym);

describe('who was a member once', () => {
  it('does not get in again by the EAR key, though the creator of an open group is alone again', async () => {
    await group.remove([bob, carol]);
    const before = await group.stored();
    expect(await group.externalCommitInfo()).toEqual(refuse('NOT_FOUND'));
    expect(await group.submitJoin(makeArrival(group))).toEqual(refuse('NOT_FOUND'));
    expect(await group.stored()).toBe(before);
  });

  it('does not come back in the place of the leaf that it had, whether that is blank or another’s', async () => {
    const [made, old] = [makeArrival(group, { replace: bob }), group.member(bob)];
    await group.remove([bob]);
    expect(await group.submitResync(made, bob, old)).toEqual(refuse('SIGNATURE_INVALID'));
    await group.add(1);
    expect(await group.submitResync(made, bob, old)).toEqual(refuse('SIGNATURE_INVALID'));
  });
});

describe('what is pending', () => {
  beforeEach(async () => mustHold(await group.submitLeave(bob)));
  const references = () => group.pendingFor(group.member(0));

  it('is not taken along by an operation that says it does something else', async () => {
    const before = await group.stored();
    const added = group.make({ add: [group.client()], references: references() });
    expect(await group.submitAdd(added)).toEqual(invalid('ds.add.only-adds'));
    const promoted = group.make({ admins: named(0, carol), references: references() });
    expect(await group.submitContext(promoted)).toEqual(invalid('ds.context.only-context'));
    const only = group.make({ references: references() });
    expect(await group.submitContext(only)).toEqual(invalid('ds.context.only-context'));
    expect(await group.stored()).toBe(before);
  });

  it('is told to nobody but members, and to them with the current epoch alone', async () => {
    const made = group.make({ committer: carol });
    expect(await group.submitUpdate(made, carol, group.client())).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await group.submitUpdate(made, 17, group.client())).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await group.submitUpdate(made, carol)).toMatchObject({
      refusal: { code: 'PROPOSALS_PENDING', proposals: [expect.any(Uint8Array)] },
    });
    const taken = group.make({ references: references() });
    mustHold(await group.submitUpdate(taken));
    taken.take();
    expect(await group.submitUpdate(made, carol)).toEqual(refuse('WRONG_EPOCH', { epoch: 2n }));
  });

  it('is not verified again for everybody who has not heard of it: a thousand may be leaving', async () => {
    const { mls } = ds.crypto;
    const verify = mls.verify.bind(mls);
    const made = group.make({ committer: carol });
    let verified = 0;
    mls.verify = (...args) => {
      verified++;
      return verify(...args);
    };
    expect(await group.submitUpdate(made, carol)).toMatchObject({ refusal: { code: 'PROPOSALS_PENDING' } });
    expect(verified).toBe(0);
  });

  it('grows by one Remove of a leaf at most, however often somebody leaves and comes back', async () => {
    for (let again = 0; again < 5; again++) {
      const made = makeArrival(group, { replace: bob });
      mustHold(await group.submitResync(made, bob));
      expect(made.take()).toBe(bob);
      mustHold(await group.submitLeave(bob));
      expect(await group.submitLeave(bob)).toMatchObject({ refusal: { code: 'ALREADY_EXISTS' } });
    }
    const refused = await group.submitUpdate(group.make({}));
    expect(refused.ok ? undefined : refused.refusal.proposals).toHaveLength(1);
  });
});

describe('a change of the context', () => {
  const [sender, policy] = [() => group.contextExtensions()[0]!, () => group.contextExtensions()[1]!];

  it('has room for no second policy that another reader might go by', async () => {
    const second = { type: EXTENSION_GROUP_POLICY, data: encode(groupPolicy, { admins: named(bob) }) };
    for (const contextExtensions of [
      [sender(), policy(), second],
      [sender(), second, policy()],
    ]) {
      const outcome = await group.submitContext(group.make({ contextExtensions }));
      expect(outcome).toMatchObject({ refusal: { code: 'INVALID_COMMIT' } });
    }
  });

  it('says nothing beside the key of the DS', async () => {
    const credential = { type: 'basic', identity: new Uint8Array(50_000) } as const;
    const other = { signatureKey: ds.keys.verifyingKey, credential };
    const data = encode(externalSendersCodec, [other]);
    const contextExtensions = [{ type: ExtensionType.externalSenders, data }, policy()];
    expect(await group.submitContext(group.make({ contextExtensions }))).toEqual(
      invalid('ds.context.external-senders'),
    );
  });
});

describe('a queue config', () => {
  it('is not taken from another member, who would hear itself', async () => {
    const { queue } = group.member(carol);
    const before = await group.stored();
    expect(await group.updateQueueConfig(bob, queue)).toEqual(
      refuse('BAD_REQUEST', { rule: 'ds.queue-config.unique' }),
    );
    const unique = invalid('ds.queue-config.unique');
    const aad = { ownQueueConfig: queue };
    expect(await group.submitUpdate(group.make({ committer: bob, aad }), bob)).toEqual(unique);
    expect(await group.submitResync(makeArrival(group, { replace: bob, aad }), bob)).toEqual(unique);
    const extensions = group.member(carol).keyPackage.extensions;
    const made = group.make({ add: [group.client({ extensions })] });
    expect(await group.submitAdd(made)).toEqual(unique);
    const [one, two] = [group.client(), group.client()];
    const same = group.make({ add: [one, group.client({ extensions: one.keyPackage.extensions }), two] });
    expect(await group.submitAdd(same)).toEqual(unique);
    expect(await group.stored()).toBe(before);
  });
});

describe('what goes into every queue', () => {
  it('is no path of megabytes that nobody can open', async () => {
    const made = group.make({
      alter: ({ leafNode, nodes }) => ({
        leafNode,
        nodes: nodes.map((node: UpdatePathNode) => ({
          ...node,
          encryptedPathSecrets: node.encryptedPathSecrets.map(({ kemOutput }) => ({
            kemOutput,
            ciphertext: new Uint8Array(2 ** 20),
          })),
        })),
      }),
    });
    expect(made.input.commit.length).toBeGreaterThan(2 ** 20);
    expect(await group.submitUpdate(made)).toEqual(invalid('ds.commit.path-secrets'));
  });

  it('reaches it again when a profile key becomes again what it was, by the very same request', async () => {
    const keys = [0, 1].map(() => ds.crypto.random.bytes(61)) as [Uint8Array, Uint8Array];
    const body = group.body();
    const proposals = () => group.received(group.member(0)).filter(({ type }) => type === 'proposal');
    const lose = async (leaf: number) => {
      ds.transport.deleteQueue(group.member(leaf).queue.sealed);
      mustHold(await group.send(0));
      mustHold(await group.updateProfileKey(carol, keys[0], body));
    };
    await lose(bob);
    expect(proposals()).toHaveLength(1);
    const made = group.make({ references: group.pendingFor(group.member(0)) });
    mustHold(await group.submitUpdate(made));
    made.take();
    mustHold(await group.updateProfileKey(carol, keys[1]));
    const [dave] = (await group.add(1)) as [number];
    await lose(dave);
    expect(proposals()).toHaveLength(2);
  });
});

describe('a commit that is known by its digest', () => {
  it('is no proof of anything by another operation: a join was signed by nobody', async () => {
    const open = await ScriptedConversation.begin(ds, { open: true });
    const made = makeArrival(open);
    mustHold(await open.submitJoin(made));
    const leaf = made.take();
    const before = await open.stored();
    expect(await open.submitResync(made, leaf)).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await open.submitResync(made, 0)).toMatchObject({ ok: false });
    expect(await open.stored()).toBe(before);
  });

  it('lets one of two resyncs of a leaf in; the key of the other is nobody’s any more', async () => {
    const made = [0, 1].map(() => makeArrival(group, { replace: bob }));
    const outcomes = await Promise.all(made.map((one) => group.submitResync(one, bob)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toEqual(refuse('SIGNATURE_INVALID'));
  });
});
