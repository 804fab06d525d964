import { decode, done, memberKeySet, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { type ArrivalScript, makeArrival, type MadeArrival } from '../testing/scripted-arrival.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds, { open: true });
});

const invalid = (rule: string) => refuse('INVALID_COMMIT', { rule });

async function submit(script: ArrivalScript = {}, made: MadeArrival = makeArrival(group, script)) {
  const before = await group.stored();
  const outcome = await group.submitJoin(made);
  if (outcome.ok) made.take();
  else expect(await group.stored()).toBe(before);
  return outcome;
}

describe('joinConnectionGroup', () => {
  it('lets a contact in, who is told, sends and receives from then on, and is no admin', async () => {
    const made = makeArrival(group);
    expect(await submit({}, made)).toEqual(done({ epoch: 1n }));
    expect(await group.send(1)).toEqual(done());
    expect(await group.send(0)).toEqual(done());
    const types = (leaf: number) => group.received(group.member(leaf)).map(({ type }) => type);
    expect(types(0)).toEqual(['commit', 'application']);
    expect(types(1)).toEqual(['commit', 'application']);
    expect(await group.submitAdd(group.make({ committer: 1, add: [group.client()] }), 1)).toEqual(
      refuse('FORBIDDEN', { rule: 'ds.role.admin' }),
    );
  });

  it('keeps the key set for who joins later', async () => {
    const made = makeArrival(group);
    await submit({}, made);
    const carol = group.client();
    const added = group.make({ add: [carol] });
    await group.submitAdd(added);
    const info = await group.welcomeInfo(carol, 2n);
    const keys = info.ok ? info.value.memberKeys.find(({ leaf }) => leaf === 1)?.keys : undefined;
    expect(decode(memberKeySet, keys!)).toEqual(made.client.keys);
  });

  it('lets in one only, and tells the others as little as a stranger', async () => {
    const [first, second] = [makeArrival(group), makeArrival(group)];
    expect(await submit({}, first)).toMatchObject({ ok: true });
    expect(await group.submitJoin(second)).toEqual(refuse('NOT_FOUND'));
    await group.remove([1]);
    expect(await group.submitJoin(makeArrival(group))).toEqual(refuse('NOT_FOUND'));
    expect(
      await group.submitJoin({ ...second, input: { ...second.input, earKey: new Uint8Array(32) } }),
    ).toEqual(refuse('NOT_FOUND'));
  });

  it('lets nobody into a group that is not open, or has more than one member', async () => {
    const closed = await ScriptedConversation.begin(ds);
    expect(await closed.submitJoin(makeArrival(closed))).toEqual(refuse('NOT_FOUND'));
    await group.add(1);
    expect(await group.submitJoin(makeArrival(group))).toEqual(refuse('NOT_FOUND'));
  });

  it('is answered again as a success, without a second effect', async () => {
    const made = makeArrival(group);
    await submit({}, made);
    const stored = await group.stored();
    expect(await group.submitJoin(made)).toEqual(done({ epoch: 1n }));
    expect(await group.stored()).toBe(stored);
    expect(group.received(group.member(0))).toHaveLength(1);
  });

  it('is a success again for nobody who sends another commit that was taken', async () => {
    await submit();
    const made = group.make({ remove: [1] });
    await group.submitRemove(made);
    expect(await group.submitJoin({ ...makeArrival(group), input: made.input })).toEqual(refuse('NOT_FOUND'));
  });

  it('is told the current epoch when its creator was quicker', async () => {
    const made = makeArrival(group);
    await group.update(0);
    expect(await submit({}, made)).toEqual(refuse('WRONG_EPOCH', { epoch: 1n }));
    expect(await submit()).toEqual(done({ epoch: 2n }));
  });

  it('needs its own key set and its own queue config, and brings no others', async () => {
    expect(await submit({ aad: { own: undefined } })).toEqual(invalid('ds.commit.own-keys'));
    expect(await submit({ aad: { ownQueueConfig: undefined } })).toEqual(invalid('ds.join.queue-config'));
    const { keys } = group.client();
    expect(await submit({ aad: { added: [keys] } })).toEqual(invalid('ds.commit.key-sets'));
    expect(await submit({ authenticatedData: Uint8Array.of(1) })).toEqual(invalid('ds.commit.aad'));
    const ownQueueConfig = { domain: 'elsewhere.org', sealed: new Uint8Array(180) };
    expect(await submit({ aad: { ownQueueConfig } })).toEqual(invalid('ds.queue-config.domain'));
  });

  it('removes nobody', async () => {
    const client = group.client();
    const aad = { ownQueueConfig: client.queue };
    expect(await submit({ client, replace: 0, aad })).toEqual(invalid('ds.join.only-init'));
  });

  it('takes no name that is taken, and runs like any leaf that enters', async () => {
    const { pseudonym } = group.member(0);
    expect(await submit({ client: group.client({ pseudonym }) })).toEqual(invalid('ds.leaf.pseudonym'));
    const validFrom = ds.clock.now() - 9 * 7 * 86_400_000;
    expect(await submit({ client: group.client({ validFrom }) })).toEqual(invalid('ds.leaf.credential'));
  });

  it('is not what a member commits', async () => {
    const made = group.make({});
    const before = await group.stored();
    expect(await group.submitJoin({ ...makeArrival(group), input: made.input })).toEqual(
      invalid('mls.6-sender'),
    );
    expect(await group.submitUpdate({ ...made, ...makeArrival(group) } as never)).toMatchObject({
      ok: false,
    });
    expect(await group.stored()).toBe(before);
  });
});
