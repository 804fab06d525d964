import { type Outcome, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import type { GroupRow } from '../domain/group-row.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let ticket: Uint8Array;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  await group.add(2);
  ticket = mustHold(await ticketFor(1));
});

const access = (earKey = group.earKey) => ({ groupId: group.uuid, earKey: earKey.slice() });
const ticketFor = (leaf: number, by = group.member(leaf)) =>
  ds.membershipTicket.execute(access(), group.request(leaf, group.body(), by));
const ask = (
  membershipTicket = ticket,
  earKey = group.earKey,
  groupId = group.uuid,
): Promise<Outcome<void>> => ds.groupPresence.execute({ groupId, earKey: earKey.slice(), membershipTicket });
const wrongKey = () => ds.crypto.random.bytes(32);

/** The group's row as somebody with access to the database could leave it. */
async function tampered(change: (row: GroupRow) => Partial<GroupRow>): Promise<void> {
  const stored = (await ds.store.load(group.uuid)) as GroupRow;
  const changed = { ...stored, ...change(stored) };
  await ds.store.exclusive(group.uuid, (locked) => locked.compareAndSwap(stored.generation, changed, 676));
}
const remove = async (): Promise<void> => {
  const { generation } = (await ds.store.load(group.uuid)) as GroupRow;
  await ds.store.exclusive(group.uuid, (locked) => locked.delete(generation));
};
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

describe('groupPresence', () => {
  it('tells who was a member whether the group is there, under another key, damaged or gone', async () => {
    expect(await ask()).toEqual({ ok: true, value: undefined });
    expect(await ask(ticket, wrongKey())).toEqual(refuse('EAR_KEY_INVALID'));
    await tampered(({ tree }) => ({ tree: flipped(tree, 100) }));
    expect(await ask()).toEqual(refuse('DAMAGED'));
    await remove();
    expect(await ask()).toEqual(refuse('NOT_FOUND'));
    expect(await ask(ticket, wrongKey())).toEqual(refuse('NOT_FOUND'));
  });

  it('tells a stranger one and the same, whatever there is', async () => {
    const strange = [wrongKey(), new Uint8Array(0), ticket.slice(1), flipped(ticket, 31)];
    const answers: Outcome<void>[] = [];
    const askAll = async (): Promise<void> => {
      for (const made of strange)
        for (const earKey of [group.earKey, wrongKey()]) answers.push(await ask(made, earKey));
    };
    await askAll();
    await tampered(({ roster }) => ({ roster: flipped(roster, 100) }));
    await askAll();
    await remove();
    await askAll();
    answers.push(await ask(ticket, wrongKey(), ds.crypto.random.uuid()));
    for (const answer of answers) expect(answer).toEqual(refuse('NOT_FOUND'));
  });

  it('takes no group’s ticket for another’s', async () => {
    const other = await ScriptedConversation.begin(ds);
    expect(await ask(ticket, other.earKey, other.uuid)).toEqual(refuse('NOT_FOUND'));
  });

  it('tells damage from a wrong key wherever it is, a commitment included', async () => {
    for (const at of [0, 40, 100]) {
      await tampered(({ roster }) => ({ roster: flipped(roster, at) }));
      expect(await ask()).toEqual(refuse('DAMAGED'));
      expect(await ask(ticket, wrongKey())).toEqual(refuse('EAR_KEY_INVALID'));
      await tampered(({ roster }) => ({ roster: flipped(roster, at) }));
      expect(await ask()).toMatchObject({ ok: true });
      await tampered(({ tree }) => ({ tree: flipped(tree, at) }));
      expect(await ask()).toEqual(refuse('DAMAGED'));
      await tampered(({ tree }) => ({ tree: flipped(tree, at) }));
    }
  });

  it('leaves no EAR key behind, not even a stranger’s', async () => {
    for (const membershipTicket of [ticket, wrongKey()]) {
      const input = { ...access(), membershipTicket };
      await ds.groupPresence.execute(input);
      expect(input.earKey).toEqual(new Uint8Array(32));
    }
  });
});

describe('membershipTicket', () => {
  it('is the same for all members, and tells none of them from another', async () => {
    expect(mustHold(await ticketFor(0))).toEqual(ticket);
    await group.update(2, ds.crypto.random.bytes(32));
    expect(mustHold(await ticketFor(2))).toEqual(ticket);
    expect(ticket).toHaveLength(32);
  });

  it('is given to members alone', async () => {
    expect(await ticketFor(0, group.client())).toEqual(refuse('SIGNATURE_INVALID'));
    const wrong = { groupId: group.uuid, earKey: wrongKey() };
    expect(await ds.membershipTicket.execute(wrong, group.request(0))).toEqual(refuse('NOT_FOUND'));
    const gone = group.member(1);
    await group.remove([1]);
    expect(await ticketFor(1, gone)).toEqual(refuse('SIGNATURE_INVALID'));
  });
});
