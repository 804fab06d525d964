import { encodeRatchetTree } from '@phoenix/mls';
import { encode, memberKeySet, monthNumber, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import type { GroupRow } from '../domain/group-row.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import type { ScriptedClient } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  [bob] = (await group.add(2)) as [number, number];
});

const row = async () => (await ds.store.load(group.uuid)) as GroupRow;

/** What a joiner of the present epoch must be given. */
function present() {
  const memberKeys = [...group.members]
    .sort(([a], [b]) => a - b)
    .map(([leaf, { keys }]) => ({ leaf, keys: encode(memberKeySet, keys) }));
  return { ratchetTree: encodeRatchetTree(group.scripted.group.tree), memberKeys };
}

async function invite() {
  const client = group.client();
  const made = group.make({ add: [client] });
  mustHold(await group.submitAdd(made));
  made.take();
  return { client, epoch: group.scripted.group.epoch, expected: present() };
}

/** Gives a leaf another profile key, in the group and in what is expected of it. */
async function renew(leaf: number): Promise<void> {
  const wrappedProfileKey = ds.crypto.random.bytes(61);
  mustHold(await group.updateProfileKey(leaf, wrappedProfileKey));
  const client = group.member(leaf);
  const renewed: ScriptedClient = { ...client, keys: { ...client.keys, wrappedProfileKey } };
  group.members.set(leaf, renewed);
}

const joined = async ({ client, epoch }: { client: ScriptedClient; epoch: bigint }) =>
  mustHold(await group.welcomeInfo(client, epoch));

describe('updateProfileKey', () => {
  it('puts the key into the member’s own key set, for whoever joins from then on', async () => {
    await renew(bob);
    expect(mustHold(await group.externalCommitInfo(0)).memberKeys).toEqual(present().memberKeys);
    const invited = await invite();
    expect(await joined(invited)).toEqual(invited.expected);
  });

  it('gives the joiners of epochs of before what they would have got before', async () => {
    const [first, second] = [await invite(), await invite()];
    await renew(bob);
    await renew(bob);
    await renew(0);
    for (const invited of [first, second]) expect(await joined(invited)).toEqual(invited.expected);
  });

  it('leaves every awaited epoch as it was, through whatever follows', async () => {
    const first = await invite();
    await renew(bob);
    await group.update(bob, ds.crypto.random.bytes(32));
    await renew(bob);
    const second = await invite();
    await renew(0);
    await group.remove([bob]);
    const [reused] = await group.add(1);
    await renew(reused!);
    const third = await invite();
    await renew(reused!);
    await group.update(0);
    for (const invited of [first, second, third]) expect(await joined(invited)).toEqual(invited.expected);
  });

  it('gives a joiner that was removed before it came no key of after', async () => {
    const invited = await invite();
    const leaf = [...group.members].find(([, member]) => member === invited.client)![0];
    await group.remove([leaf]);
    await renew(bob);
    expect(await joined(invited)).toEqual(invited.expected);
  });

  it('tells nobody and moves no epoch on, marks the month, and changes nothing the second time', async () => {
    ds.clock.advance(Date.UTC(2026, 6, 2) - ds.clock.now());
    const [epoch, heard] = [group.scripted.group.epoch, group.received(group.member(0)).length];
    const [key, body] = [ds.crypto.random.bytes(61), group.body()];
    mustHold(await group.updateProfileKey(bob, key, body));
    const stored = await group.stored();
    mustHold(await group.updateProfileKey(bob, key, body));
    expect(await group.stored()).toBe(stored);
    expect(group.received(group.member(0))).toHaveLength(heard);
    expect((await row()).lastActiveMonth).toBe(monthNumber(ds.clock.now()));
    expect((await row()).pending).toBeUndefined();
    mustHold(await group.send(0, group.message(epoch)));
  });

  it('refuses a key of another size, and whoever is not the member (ds.key-set.size)', async () => {
    const stored = await group.stored();
    for (const length of [0, 32, 60, 62])
      expect(await group.updateProfileKey(bob, new Uint8Array(length))).toEqual(
        refuse('BAD_REQUEST', { rule: 'ds.key-set.size' }),
      );
    const input = {
      groupId: group.uuid,
      earKey: group.earKey.slice(),
      wrappedProfileKey: new Uint8Array(61),
    };
    const forged = group.request(bob, group.body(), group.member(0));
    expect(await ds.updateProfileKey.execute(input, forged)).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await group.stored()).toBe(stored);
  });

  it('hands over first what an interrupted commit left behind', async () => {
    const made = group.make({});
    ds.transport.failNext();
    expect(await group.submitUpdate(made)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    made.take();
    mustHold(await group.updateProfileKey(bob, ds.crypto.random.bytes(61)));
    expect(group.received(group.member(bob)).at(-1)?.type).toBe('commit');
  });
});
