import type { Outcome } from '@phoenix/wire';
import { MemoryGroupStore } from '../../adapters/memory/memory-group-store.js';
import type { CommitScript, MadeCommit } from '../commit-script.js';
import { DsUnderTest } from '../ds-under-test.js';
import { ScriptedConversation } from '../scripted-conversation.js';

/** How many members a group of these tests may have. */
const MAX_MEMBERS = 5;

/** Where a rule is at work: a DS, and a group of an admin and two others. */
export interface Scene {
  readonly ds: DsUnderTest;
  /** The one that must not change by what is refused. */
  group: ScriptedConversation;
}

/** Asks the DS for something. */
export type Attempt = (scene: Scene) => Promise<Outcome<unknown>>;

/** A rule at work: a request that breaks it and nothing that is checked before it, and its neighbour that keeps it. */
export interface RuleCase {
  readonly refuses: Attempt;
  readonly accepts: Attempt;
  /** What happened before. */
  readonly before?: (scene: Scene) => Promise<void>;
}

export async function someScene(): Promise<Scene> {
  const ds = await DsUnderTest.over(new MemoryGroupStore(), { maxMembers: MAX_MEMBERS });
  const group = await ScriptedConversation.begin(ds);
  await group.add(2);
  return { ds, group };
}

/** A case whose two requests differ in one thing. */
export function between<T>(
  attempt: (scene: Scene, input: T) => Promise<Outcome<unknown>>,
  breaking: (scene: Scene) => T,
  keeping: (scene: Scene) => T,
  before?: RuleCase['before'],
): RuleCase {
  return {
    refuses: (scene) => attempt(scene, breaking(scene)),
    accepts: (scene) => attempt(scene, keeping(scene)),
    ...(before && { before }),
  };
}

type Submission = (
  this: ScriptedConversation,
  made: MadeCommit,
  committer?: number,
) => Promise<Outcome<unknown>>;

/** Members' commits by this operation. */
export function committing(
  operation: 'submitAdd' | 'submitRemove' | 'submitUpdate' | 'submitContext' | 'submitDelete',
) {
  return ({ group }: Scene, script: CommitScript): Promise<Outcome<unknown>> => {
    const submit: Submission = group[operation];
    return submit.call(group, group.make(script), script.committer);
  };
}

/** Bytes like no others. */
export const fresh = ({ ds }: Scene, length = 32): Uint8Array => ds.crypto.random.bytes(length);

/** The pseudonym of a leaf. */
export const named = ({ group }: Scene, leaf: number): Uint8Array => group.member(leaf).pseudonym;
