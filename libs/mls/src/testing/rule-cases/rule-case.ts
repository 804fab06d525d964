import type { Checked } from '../../validation/checked.js';
import { ScriptedGroup } from '../scripted-group.js';

/** Breaks one rule and nothing that is checked before it. */
export type RuleCase = () => Checked<unknown>;

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
