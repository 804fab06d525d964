import { encode, sealedQueueConfig } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { FaultyGroupStore, Interrupted, Interruptions } from '../testing/interruptions.js';
import { makeArrival } from '../testing/scripted-arrival.js';
import { HOME } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';
import { makeProposal } from '../testing/scripted-proposal.js';

const BOB = 1;
const NOTHING = new Uint8Array(0);
const ZEROS = new Uint8Array(32);

let interruptions: Interruptions;
let ds: DsUnderTest;
let group: ScriptedConversation;

beforeEach(async () => {
  interruptions = new Interruptions();
  ds = await DsUnderTest.over(new FaultyGroupStore(new MemoryGroupStore(), interruptions));
  group = await ScriptedConversation.begin(ds);
  await group.add(2);
});

/** An operation, asked with this EAR key by Bob, or by whoever has this key. */
type Ask = (earKey: Uint8Array, by?: ReturnType<typeof group.client>) => Promise<unknown>;

/** Every operation that is given an EAR key; what else it is given would be taken. */
function operations(): Record<string, Ask> {
  const groupId = group.uuid;
  const signed = (by?: ReturnType<typeof group.client>) =>
    group.request(BOB, group.body(), by ?? group.member(BOB));
  const commit = () => group.make({ committer: BOB }).input;
  const config = () => encode(sealedQueueConfig, { domain: HOME, sealed: ds.crypto.random.bytes(180) });
  return {
    createGroup: (earKey) => group.create({ earKey }),
    addUsers: (earKey, by) => ds.addUsers.execute({ ...commit(), earKey }, signed(by)),
    removeUsers: (earKey, by) => ds.removeUsers.execute({ ...commit(), earKey }, signed(by)),
    updateClient: (earKey, by) => ds.updateClient.execute({ ...commit(), earKey }, signed(by)),
    updateGroupContext: (earKey, by) => ds.updateGroupContext.execute({ ...commit(), earKey }, signed(by)),
    joinConnectionGroup: (earKey) => ds.joinConnectionGroup.execute({ ...makeArrival(group).input, earKey }),
    resyncClient: (earKey, by) =>
      ds.resyncClient.execute({ ...makeArrival(group, { replace: BOB }).input, earKey }, signed(by)),
    selfRemoveUser: (earKey, by) =>
      ds.selfRemoveUser.execute({ groupId, earKey, proposal: makeProposal(group, BOB) }, signed(by)),
    deleteGroup: (earKey, by) => ds.deleteGroup.execute({ ...commit(), earKey }, signed(by)),
    'deleteGroup, alone': (earKey, by) =>
      ds.deleteGroup.execute({ groupId, earKey, commit: undefined, groupInfoUpdate: undefined }, signed(by)),
    sendMessage: (earKey, by) =>
      ds.sendMessage.execute({ groupId, earKey, message: group.message() }, signed(by)),
    updateQueueConfig: (earKey, by) =>
      ds.updateQueueConfig.execute({ groupId, earKey, queueConfig: config() }, signed(by)),
    updateProfileKey: (earKey, by) =>
      ds.updateProfileKey.execute({ groupId, earKey, wrappedProfileKey: NOTHING }, signed(by)),
    externalCommitInfo: (earKey, by) => ds.externalCommitInfo.execute({ groupId, earKey }, signed(by)),
    welcomeInfo: (earKey, by) => ds.welcomeInfo.execute({ groupId, earKey, epoch: 1n }, signed(by)),
    membershipTicket: (earKey, by) => ds.membershipTicket.execute({ groupId, earKey }, signed(by)),
    groupPresence: (earKey) => ds.groupPresence.execute({ groupId, earKey, membershipTicket: ZEROS }),
  };
}

describe('an EAR key', () => {
  it('is wiped by every operation, whatever it answers', async () => {
    for (const [name, ask] of Object.entries(operations())) {
      const keys = [group.earKey.slice(), ds.crypto.random.bytes(32), group.earKey.slice()] as const;
      await ask(keys[0]);
      await ask(keys[1]);
      await ask(keys[2], group.client());
      for (const key of keys) expect([name, key]).toEqual([name, ZEROS]);
    }
  });

  it('is wiped where it is too short or too long to be one', async () => {
    for (const [name, ask] of Object.entries(operations())) {
      for (const length of [1, 31, 33]) {
        const key = ds.crypto.random.bytes(length);
        expect(await ask(key)).toMatchObject({ ok: false, refusal: { code: 'BAD_REQUEST' } });
        expect([name, key]).toEqual([name, new Uint8Array(length)]);
      }
    }
  });

  it('is wiped when the store breaks, whenever that is', async () => {
    const { joinConnectionGroup: _join, groupPresence: _presence, ...others } = operations();
    for (const [name, ask] of Object.entries(others)) {
      const broken: boolean[] = [];
      for (const step of [1, 2, 3]) {
        const key = group.earKey.slice();
        interruptions.at(step);
        const outcome = await ask(key).catch((error: unknown) => error);
        interruptions.never();
        broken.push(outcome instanceof Interrupted);
        expect([name, key]).toEqual([name, ZEROS]);
      }
      expect([name, broken.includes(true)]).toEqual([name, name !== 'createGroup']);
    }
  });
});
