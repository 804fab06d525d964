import { EXTENSION_GROUP_POLICY, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import type { CommitScript } from '../testing/commit-script.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;
let carol: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  [bob, carol] = (await group.add(2)) as [number, number];
});

const name = (leaf: number) => group.member(leaf).pseudonym;
const invalid = (rule: string) => refuse('INVALID_COMMIT', { rule });

async function submit(script: CommitScript) {
  const before = await group.stored();
  const made = group.make(script);
  const outcome = await group.submitContext(made, script.committer);
  if (outcome.ok) made.take();
  else expect(await group.stored()).toBe(before);
  return outcome;
}

describe('updateGroupContext', () => {
  it('makes members admins, who add and remove from then on', async () => {
    expect(await submit({ admins: [name(0), name(bob)] })).toMatchObject({ ok: true });
    await group.add(1, bob);
    await group.remove([0], bob);
    expect(await group.submitUpdate(group.make({ committer: carol }), carol)).toMatchObject({ ok: true });
  });

  it('takes the role from others and from oneself, as long as an admin remains', async () => {
    await submit({ admins: [name(0), name(bob)] });
    expect(await submit({ admins: [name(bob)] })).toMatchObject({ ok: true });
    expect(await submit({ admins: [name(0), name(bob)] })).toEqual(
      refuse('FORBIDDEN', { rule: 'ds.role.admin' }),
    );
    expect(await submit({ committer: bob, admins: [] })).toEqual(
      refuse('FORBIDDEN', { rule: 'ds.role.last-admin' }),
    );
  });

  it('is for admins', async () => {
    expect(await submit({ committer: bob, admins: [name(0), name(bob)] })).toEqual(
      refuse('FORBIDDEN', { rule: 'ds.role.admin' }),
    );
  });

  it('lists nobody who is not there, and nobody twice', async () => {
    expect(await submit({ admins: [name(0), group.client().pseudonym] })).toEqual(
      invalid('ds.context.admins'),
    );
    expect(await submit({ admins: [name(0), name(bob), name(bob)] })).toEqual(invalid('ds.policy.form'));
  });

  it('counts admins who are there, not names that are listed', async () => {
    await submit({ admins: [name(0), name(bob)] });
    const gone = name(bob);
    await group.remove([bob]);
    expect(await submit({ admins: [gone] })).toEqual(refuse('FORBIDDEN', { rule: 'ds.role.last-admin' }));
  });

  it('lets a committer take a new pseudonym and list it', async () => {
    const pseudonym = ds.crypto.random.bytes(32);
    expect(await submit({ pseudonym, admins: [pseudonym, name(bob)] })).toMatchObject({ ok: true });
    await group.add(1);
  });

  it('leaves the other extensions and the DS its place among external senders', async () => {
    const [senders, policy] = group.contextExtensions();
    const more = { type: 0x000a, data: new Uint8Array(0) };
    expect(await submit({ contextExtensions: [policy!] })).toEqual(invalid('ds.context.external-senders'));
    expect(await submit({ contextExtensions: [senders!, policy!, more] })).toEqual(
      invalid('ds.context.extensions'),
    );
    expect(await submit({ contextExtensions: [senders!] })).toEqual(invalid('ds.policy.form'));
    expect(policy!.type).toBe(EXTENSION_GROUP_POLICY);
  });

  it('takes no other proposal, and none without a path', async () => {
    expect(await submit({})).toEqual(invalid('ds.context.only-context'));
    expect(await submit({ admins: [name(0)], remove: [bob] })).toEqual(invalid('ds.context.only-context'));
    expect(await submit({ admins: [name(0)], path: false })).toEqual(invalid('ds.context.only-context'));
  });
});
