import { refuse, utf8 } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import type { GroupRow } from '../domain/group-row.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  await group.add(2);
});

const row = async (of = group) => (await ds.store.load(of.uuid)) as GroupRow;

/** The same group in another server's store, as somebody with access to the database could leave it. */
async function tampered(change: (row: GroupRow) => Partial<GroupRow>): Promise<void> {
  const stored = await row();
  const changed = { ...stored, ...change(stored), pending: undefined };
  await ds.store.exclusive(group.uuid, (locked) => locked.compareAndSwap(stored.generation, changed, 676));
}

const commit = () => group.submitUpdate(group.make({}));
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

describe('a group at rest', () => {
  it('looks the same to a wrong key as one that is not there', async () => {
    const wrong = ds.crypto.random.bytes(32);
    const message = group.message();
    const attempt = (groupId: Uint8Array) =>
      ds.sendMessage.execute({ groupId, earKey: wrong.slice(), message }, group.request(0));
    expect(await attempt(group.uuid)).toEqual(refuse('NOT_FOUND'));
    expect(await attempt(ds.crypto.random.uuid())).toEqual(refuse('NOT_FOUND'));
  });

  it('refuses a row copied over another group’s row', async () => {
    const other = await ScriptedConversation.begin(ds);
    const { roster, tree, generation } = await row(other);
    await tampered(() => ({ roster, tree, generation }));
    expect(await group.send(0)).toEqual(refuse('NOT_FOUND'));
    const underOtherKey = { groupId: group.uuid, earKey: other.earKey.slice(), message: group.message() };
    expect(await ds.sendMessage.execute(underOtherKey, group.request(0))).toEqual(refuse('NOT_FOUND'));
  });

  it('refuses an older tree section beside a newer roster', async () => {
    const { tree } = await row();
    await group.update(0);
    await tampered(() => ({ tree }));
    expect(await commit()).toEqual(refuse('DAMAGED'));
  });

  it('refuses an older roster beside a newer generation', async () => {
    const { roster } = await row();
    await group.update(0);
    await tampered(() => ({ roster }));
    expect(await group.send(0)).toEqual(refuse('DAMAGED'));
  });

  it('refuses the roster of before a queue config was updated beside the generation of after', async () => {
    const { roster } = await row();
    mustHold(await group.updateQueueConfig(1));
    await tampered(() => ({ roster }));
    expect(await group.send(0)).toEqual(refuse('DAMAGED'));
    expect(await group.updateQueueConfig(1)).toEqual(refuse('DAMAGED'));
  });

  it('refuses a roster that was replaced alone, with its generation, beside the tree of a later commit', async () => {
    mustHold(await group.updateQueueConfig(1));
    const { roster, generation } = await row();
    const made = group.make({});
    mustHold(await group.submitUpdate(made));
    await tampered(() => ({ roster, generation }));
    // As it was before that commit, for the roster: the tree is not the one that it names.
    expect(await group.submitUpdate(made)).toEqual(refuse('DAMAGED'));
  });

  it('refuses another group’s roster, replaced alone by its member, over this group’s', async () => {
    const other = await ScriptedConversation.begin(ds);
    mustHold(await other.updateQueueConfig(0));
    const { roster, generation } = await row(other);
    await tampered(() => ({ roster, generation }));
    expect(await group.send(0)).toEqual(refuse('NOT_FOUND'));
  });

  it('refuses the tree of before a profile key was updated beside the roster of after', async () => {
    const { tree } = await row();
    mustHold(await group.updateProfileKey(1, ds.crypto.random.bytes(61)));
    await tampered(() => ({ tree }));
    expect(await commit()).toEqual(refuse('DAMAGED'));
    expect(await group.externalCommitInfo(0)).toEqual(refuse('DAMAGED'));
  });

  it('refuses sections that changed places', async () => {
    await tampered(({ roster, tree }) => ({ roster: tree, tree: roster }));
    expect(await group.send(0)).toEqual(refuse('NOT_FOUND'));
  });

  it('tells damage from a wrong key to whoever has the right one', async () => {
    await tampered(({ roster }) => ({ roster: flipped(roster, 100) }));
    expect(await group.send(0)).toEqual(refuse('DAMAGED'));
  });

  it('notices damage to the tree, its commitment included', async () => {
    const { tree } = await row();
    for (const at of [0, 40, tree.length - 1]) {
      await tampered(() => ({ tree: flipped(tree, at) }));
      expect(await commit()).toEqual(refuse('DAMAGED'));
    }
  });

  it('is all of one size until it outgrows its bucket, and never smaller again', async () => {
    const sizes = async () => [(await row()).roster.length, (await row()).tree.length];
    expect(await sizes()).toEqual([32 * 1024, 160 * 1024]);
    const leaves = await group.add(150);
    expect(await sizes()).toEqual([64 * 1024, 320 * 1024]);
    await group.remove(leaves);
    expect(await sizes()).toEqual([64 * 1024, 320 * 1024]);
  });

  it('has nothing in common with the same group a commit later', async () => {
    const before = await row();
    await group.update(0);
    const after = await row();
    expect(after.generation).not.toEqual(before.generation);
    const nonce = ({ roster }: GroupRow) => Buffer.from(roster.subarray(32, 44)).toString('hex');
    expect(nonce(after)).not.toBe(nonce(before));
  });

  it('holds no pseudonym, key, queue config or domain in the clear', async () => {
    ds.transport.failNext();
    await group.submitUpdate(group.make({}));
    const { roster, tree, pending } = await row();
    const stored = Buffer.concat([roster, tree, pending!]);
    for (const { pseudonym, signer, queue } of group.members.values()) {
      for (const known of [pseudonym, signer.publicKey, queue.sealed, utf8(queue.domain)]) {
        expect(stored.includes(Buffer.from(known))).toBe(false);
      }
    }
  });

  it('leaves no EAR key behind, whatever became of the request', async () => {
    const earKey = group.earKey.slice();
    const input = { groupId: group.uuid, earKey, message: group.message() };
    await ds.sendMessage.execute(input, group.request(0));
    expect(earKey).toEqual(new Uint8Array(32));
    const { input: malformed } = group.make({});
    await ds.updateClient.execute({ ...malformed, commit: new Uint8Array(3) }, group.request(0));
    expect(malformed.earKey).toEqual(new Uint8Array(32));
  });
});
