import type { Checked } from '../../validation/checked.js';
import { ScriptedGroup } from '../scripted-group.js';

/** Hands something to the library. */
export type Attempt = () => Checked<unknown>;

/** A rule at work: input that breaks it and nothing that is checked before it, and its neighbour that keeps it. */
export interface RuleCase {
  readonly refuses: Attempt;
  readonly accepts: Attempt;
}

/** A case whose two attempts differ in one argument. */
export function between<T>(attempt: (input: T) => Checked<unknown>, breaking: T, keeping: T): RuleCase {
  return { refuses: () => attempt(breaking), accepts: () => attempt(keeping) };
}

/** Eight members with a full path each but the last, which is unmerged; leaf 5 is blank. */
export function someGroup(): ScriptedGroup {
  const scripted = new ScriptedGroup(7);
  scripted.add(7);
  for (let leaf = 0; leaf < 8; leaf++) scripted.apply({ committer: leaf });
  scripted.apply({ committer: 0, remove: [5, 7] });
  scripted.add(1, 1, false);
  scripted.apply({ committer: 6, remove: [5] });
  scripted.apply({ committer: 4 });
  scripted.add(2, 2, false);
  scripted.apply({ committer: 3, remove: [5] });
  return scripted;
}
