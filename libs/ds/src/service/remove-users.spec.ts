import { done, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';
import type { CommitScript } from '../testing/commit-script.js';

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

async function submit(script: CommitScript) {
  const before = await group.stored();
  const made = group.make(script);
  const outcome = await group.submitRemove(made, script.committer);
  if (outcome.ok) made.take();
  else expect(await group.stored()).toBe(before);
  return outcome;
}

describe('removeUsers', () => {
  it('puts a member out, who gets the commit and nothing after it', async () => {
    const client = group.member(carol);
    await group.remove([carol]);
    const seen = group.received(client).length;
    expect(group.received(client).at(-1)?.type).toBe('commit');
    expect(await group.send(0)).toEqual(done());
    expect(group.received(client)).toHaveLength(seen);
    group.members.set(carol, client);
    expect(await group.send(carol)).toEqual(refuse('SIGNATURE_INVALID'));
  });

  it('refuses whoever is not an admin', async () => {
    expect(await submit({ committer: bob, remove: [carol] })).toEqual(
      refuse('FORBIDDEN', { rule: 'ds.role.admin' }),
    );
  });

  it('refuses to remove oneself, who is not there, and nobody', async () => {
    expect(await submit({ remove: [0] })).toEqual(invalid('mls.12.2-remove-committer'));
    expect(await submit({ remove: [7] })).toEqual(invalid('mls.12.1.3-removed'));
    expect(await submit({})).toEqual(invalid('ds.remove.only-removes'));
  });

  it('refuses other proposals', async () => {
    expect(await submit({ remove: [bob], add: [group.client()] })).toEqual(invalid('ds.remove.only-removes'));
  });

  it('refuses a commit without a path', async () => {
    expect(await submit({ remove: [bob], path: false })).toEqual(invalid('mls.12.4-path-required'));
  });

  it('lets the policy drop removed admins, and nobody else', async () => {
    const [alice, other] = [group.member(0).pseudonym, group.member(bob).pseudonym];
    expect(await submit({ remove: [carol], admins: [alice, other] })).toEqual(invalid('ds.policy.change'));
    expect(await submit({ remove: [carol], admins: [] })).toEqual(invalid('ds.policy.change'));
    expect(await submit({ remove: [carol], admins: [alice] })).toMatchObject({ ok: true });
  });

  it('refuses a change of any other GroupContext extension', async () => {
    const [senders, policy] = group.contextExtensions();
    const changed = [[policy!], [senders!, policy!, { type: 0x000a, data: new Uint8Array(0) }]];
    for (const contextExtensions of changed) {
      expect(await submit({ remove: [carol], contextExtensions })).toEqual(invalid('ds.context.extensions'));
    }
    expect(await submit({ remove: [carol], contextExtensions: [senders!] })).toEqual(
      invalid('ds.policy.form'),
    );
  });

  it('frees the pseudonym with the leaf', async () => {
    const { pseudonym } = group.member(carol);
    await group.remove([carol]);
    expect(await group.submitAdd(group.make({ add: [group.client({ pseudonym })] }))).toMatchObject({
      ok: true,
    });
  });
});
