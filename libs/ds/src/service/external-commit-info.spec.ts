import { createPublicGroup, decodeRatchetTree, encodeRatchetTree, mlsMessageCodec } from '@phoenix/mls';
import { decode, encode, memberKeySet, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
});

async function started(open: boolean): Promise<ScriptedConversation> {
  const group = new ScriptedConversation(ds);
  mustHold(await group.create({ open }));
  return group;
}

describe('externalCommitInfo', () => {
  it('gives a member the current GroupInfo, tree and key sets, which fit each other', async () => {
    const group = await started(false);
    await group.add(3);
    await group.update(1);
    await group.remove([2]);
    const info = mustHold(await group.externalCommitInfo(1));
    const message = decode(mlsMessageCodec, info.groupInfo);
    if (message.type !== 'groupInfo') throw new Error('not a GroupInfo');
    const tree = decodeRatchetTree(info.ratchetTree, 4);
    const context = { crypto: ds.crypto.mls, cipherSuites: [1] };
    const created = createPublicGroup(message.groupInfo, tree, context);
    expect(created.ok && created.value.epoch).toBe(group.scripted.group.epoch);
    expect(created.ok && created.value.externalPub).toHaveLength(32);
    expect(info.ratchetTree).toEqual(encodeRatchetTree(group.scripted.group.tree));
    const sets = [...group.members].sort(([a], [b]) => a - b);
    expect(info.memberKeys).toEqual(
      sets.map(([leaf, { keys }]) => ({ leaf, keys: encode(memberKeySet, keys) })),
    );
  });

  it('gives it to whoever has the EAR key while the group is open and has one member', async () => {
    const group = await started(true);
    expect(mustHold(await group.externalCommitInfo()).memberKeys).toHaveLength(1);
    expect(mustHold(await group.externalCommitInfo(0)).memberKeys).toHaveLength(1);
  });

  it('answers a stranger, a wrong EAR key, a closed group and one that is not there by one and the same', async () => {
    const [closed, open] = [await started(false), await started(true)];
    const wrong = ds.crypto.random.bytes(32);
    const nowhere = { groupId: ds.crypto.random.uuid(), earKey: ds.crypto.random.bytes(32) };
    await open.add(1);
    const answers = [
      await closed.externalCommitInfo(),
      await closed.externalCommitInfo(undefined, wrong),
      await open.externalCommitInfo(),
      await open.externalCommitInfo(undefined, wrong),
      await ds.externalCommitInfo.execute(nowhere, undefined),
    ];
    for (const answer of answers) expect(answer).toEqual(refuse('NOT_FOUND'));
  });

  it('refuses a signature that is no member’s, also while the group is open', async () => {
    const group = await started(true);
    const input = { groupId: group.uuid, earKey: group.earKey.slice() };
    const stranger = group.request(0, group.body(), group.client());
    expect(await ds.externalCommitInfo.execute(input, stranger)).toEqual(refuse('SIGNATURE_INVALID'));
  });
});
