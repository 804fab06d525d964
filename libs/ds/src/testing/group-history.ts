import type { StoredProposal } from '@phoenix/mls';
import type { Outcome } from '@phoenix/wire';
import fc, { type Arbitrary } from 'fast-check';
import { listedAdmins } from '../domain/admins.js';
import { KeySet } from '../domain/key-set.js';
import type { CommitScript, MadeCommit } from './commit-script.js';
import { makeArrival } from './scripted-arrival.js';
import type { ScriptedConversation } from './scripted-conversation.js';
import { verified } from './scripted-proposal.js';

const OPERATIONS = [
  'add',
  'remove',
  'update',
  'rename',
  'rehouse',
  'reprofile',
  'admins',
  'leave',
  'resync',
  'join',
  'delete',
  'send',
  'abandon',
  'wait',
] as const;

/** What somebody does next; numbers choose among whoever is there then. */
export interface Step {
  readonly operation: (typeof OPERATIONS)[number];
  readonly actor: number;
  readonly target: number;
  /** Whether it takes in what is pending. */
  readonly isPolite: boolean;
}

export const anyStep: Arbitrary<Step> = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  actor: fc.nat(20),
  target: fc.nat(20),
  isPolite: fc.oneof(
    { weight: 4, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
});

type Submission = (
  this: ScriptedConversation,
  made: MadeCommit,
  committer?: number,
) => Promise<Outcome<unknown>>;

/** Does it, and lets the members follow if the DS has taken it. */
export async function take(group: ScriptedConversation, step: Step): Promise<Outcome<unknown> | undefined> {
  const { operation } = step;
  const leaves = [...group.members.keys()].sort((a, b) => a - b);
  const actor = leaves[step.actor % leaves.length] as number;
  const target = leaves[step.target % leaves.length] as number;
  const { random } = group.ds.crypto;
  switch (operation) {
    case 'add':
      return commit(group, step, { committer: actor, add: [group.client()] }, group.submitAdd);
    case 'remove':
      return commit(
        group,
        step,
        { committer: actor, remove: target === actor ? [] : [target] },
        group.submitRemove,
      );
    case 'update':
      return commit(group, step, { committer: actor }, group.submitUpdate);
    case 'rename':
      return commit(group, step, renaming(group, actor, random.bytes(32)), group.submitUpdate);
    case 'rehouse':
      return group.updateQueueConfig(actor);
    case 'reprofile':
      return reprofile(group, actor);
    case 'admins':
      return commit(group, step, choosing(group, actor, step.target), group.submitContext);
    case 'delete':
      return commit(group, step, ending(leaves, actor, step), group.submitDelete);
    case 'leave':
      return group.submitLeave(actor);
    case 'resync':
    case 'join':
      return arrive(group, operation === 'resync' ? actor : undefined);
    case 'send':
      return group.send(actor);
    case 'abandon':
      group.ds.transport.deleteQueue(group.member(target).queue.sealed);
      return undefined;
    case 'wait':
      group.ds.clock.advance((step.target % 3) * 30 * 86_400_000);
      return undefined;
  }
}

async function commit(
  group: ScriptedConversation,
  { isPolite }: Step,
  script: CommitScript,
  submit: Submission,
): Promise<Outcome<unknown>> {
  const { committer = 0 } = script;
  const pending = isPolite ? await pendingBefore(group, committer) : [];
  // A script cannot make a path for a leaf that it removes; whoever is leaving commits without.
  const isLeaving = pending.some(
    ({ proposal }) => proposal.type === 'remove' && proposal.removed === committer,
  );
  const references = isLeaving ? [] : pending;
  const named = references.flatMap(({ proposal }) => (proposal.type === 'remove' ? [proposal.removed] : []));
  const remove = (script.remove ?? []).filter((leaf) => !named.includes(leaf));
  const made = group.make({ ...script, remove, references });
  const outcome = await submit.call(group, made, committer);
  if (outcome.ok) made.take();
  return outcome;
}

/** What is pending, as whoever commits without it is told: its own queue may be gone. */
async function pendingBefore(group: ScriptedConversation, committer: number): Promise<StoredProposal[]> {
  const outcome = await group.submitUpdate(group.make({ committer, path: false }), committer);
  return verified(group, outcome.ok ? [] : (outcome.refusal.proposals ?? []));
}

/** Another profile key, which the member's key set has from then on. */
async function reprofile(group: ScriptedConversation, leaf: number): Promise<Outcome<unknown>> {
  const wrappedProfileKey = group.ds.crypto.random.bytes(61);
  const outcome = await group.updateProfileKey(leaf, wrappedProfileKey);
  const member = group.member(leaf);
  if (outcome.ok) group.put(leaf, { ...member, keys: { ...member.keys, wrappedProfileKey } });
  return outcome;
}

async function arrive(group: ScriptedConversation, replace: number | undefined): Promise<Outcome<unknown>> {
  const made = makeArrival(group, replace === undefined ? {} : { replace });
  const outcome = await (replace === undefined ? group.submitJoin(made) : group.submitResync(made, replace));
  if (outcome.ok) made.take();
  return outcome;
}

function listed(group: ScriptedConversation): readonly Uint8Array[] {
  return listedAdmins(group.scripted.group.groupContext.extensions) ?? [];
}

/** A new name, which an admin lists in the place of its old one. */
function renaming(group: ScriptedConversation, committer: number, pseudonym: Uint8Array): CommitScript {
  const own = new KeySet([group.member(committer).pseudonym]);
  const before = listed(group);
  if (!before.some((admin) => own.has(admin))) return { committer, pseudonym };
  return { committer, pseudonym, admins: before.map((admin) => (own.has(admin) ? pseudonym : admin)) };
}

/** Some of the members as admins: those whose bit is set. */
function choosing(group: ScriptedConversation, committer: number, bits: number): CommitScript {
  const members = [...group.members.values()];
  const admins = members.filter((_, i) => (bits >> (i % 5)) & 1).map(({ pseudonym }) => pseudonym);
  return { committer, admins };
}

/** Seldom of all others. */
function ending(leaves: readonly number[], committer: number, { target }: Step): CommitScript {
  const others = leaves.filter((leaf) => leaf !== committer);
  return { committer, remove: target === 0 ? others : others.slice(1) };
}
