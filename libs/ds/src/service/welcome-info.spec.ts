import { encodeRatchetTree } from '@phoenix/mls';
import { encode, memberKeySet, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import type { ScriptedClient } from '../testing/scripted-client.js';
import { mustHold } from '../testing/must-hold.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
});

/** What a joiner of the present epoch must be given. */
function present() {
  const memberKeys = [...group.members]
    .sort(([a], [b]) => a - b)
    .map(([leaf, { keys }]) => ({ leaf, keys: encode(memberKeySet, keys) }));
  return { ratchetTree: encodeRatchetTree(group.scripted.group.tree), memberKeys };
}

async function invite(): Promise<{
  client: ScriptedClient;
  epoch: bigint;
  expected: ReturnType<typeof present>;
}> {
  const client = group.client();
  const made = group.make({ add: [client] });
  mustHold(await group.submitAdd(made));
  made.take();
  return { client, epoch: group.scripted.group.epoch, expected: present() };
}

const joined = async ({ client, epoch }: { client: ScriptedClient; epoch: bigint }) =>
  mustHold(await group.welcomeInfo(client, epoch));

describe('welcomeInfo', () => {
  it('gives a joiner the tree and the key sets of its epoch, as often as it asks', async () => {
    const invited = await invite();
    expect(await joined(invited)).toEqual(invited.expected);
    expect(await joined(invited)).toEqual(invited.expected);
  });

  it('rebuilds the epochs of several joiners although the group moved on in every way', async () => {
    const [bob] = await group.add(3);
    const first = await invite();
    await group.update(0);
    await group.update(bob!, ds.crypto.random.bytes(32));
    const second = await invite();
    const third = await invite();
    await group.remove([bob!]);
    await group.add(2);
    await group.update(0);
    for (const invited of [first, second, third]) expect(await joined(invited)).toEqual(invited.expected);
  });

  it('still serves the others when one of them has joined and shown it by a commit', async () => {
    const [first, second, third] = [await invite(), await invite(), await invite()];
    const leafOf = (client: ScriptedClient) => [...group.members].find(([, member]) => member === client)![0];
    await group.update(leafOf(second.client));
    expect(await group.welcomeInfo(second.client, second.epoch)).toEqual(refuse('SIGNATURE_INVALID'));
    await group.update(0);
    for (const invited of [first, third]) expect(await joined(invited)).toEqual(invited.expected);
    await group.update(leafOf(first.client));
    expect(await joined(third)).toEqual(third.expected);
  });

  it('serves nobody who is not awaited, for no other epoch, and not without the joiner’s signature', async () => {
    const { client, epoch } = await invite();
    const other = await invite();
    expect(await group.welcomeInfo(group.client(), epoch)).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await group.welcomeInfo(client, other.epoch)).toEqual(refuse('NOT_FOUND'));
    expect(await group.welcomeInfo(client, 99n)).toEqual(refuse('NOT_FOUND'));
    expect(await group.welcomeInfo(client, epoch, other.client)).toEqual(refuse('SIGNATURE_INVALID'));
  });

  it('awaits a joiner for three whole months', async () => {
    const invited = await invite();
    ds.clock.advance(Date.UTC(2026, 7, 31) - ds.clock.now());
    expect(await joined(invited)).toEqual(invited.expected);
    ds.clock.advance(Date.UTC(2026, 8, 1) - ds.clock.now());
    expect(await group.welcomeInfo(invited.client, invited.epoch)).toEqual(refuse('SIGNATURE_INVALID'));
  });
});
