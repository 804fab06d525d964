import { decode, encode, equal, memberKeySet } from '@phoenix/wire';
import type { AwaitedEpoch } from './awaited-epochs.js';
import { breaks, holds, type Judged } from './judged.js';
import { keySetsOf, nextMemberKeys } from './member-keys.js';
import { composed, type RowsDelta } from './rows-delta.js';
import { checkKeySetSizes } from './state-sizes.js';
import type { TreeSection } from './tree-section.js';

/**
 * The tree section with another wrapped profile key in a leaf's key set; undefined where that is the one it has. Joiners of
 * epochs up to the present one are still given the key set of before: one of them may be removed by now, which is what a
 * profile key is changed for.
 */
export function withProfileKey(
  section: TreeSection,
  leaf: number,
  wrappedProfileKey: Uint8Array,
): Judged<TreeSection | undefined> {
  const stored = keySetsOf(section.memberKeys)[leaf];
  if (stored === undefined) throw new Error('a member without a key set');
  const before = decode(memberKeySet, stored);
  const after = { ...before, wrappedProfileKey };
  const rule = checkKeySetSizes([after]);
  if (rule !== undefined) return breaks(rule);
  if (equal(before.wrappedProfileKey, wrappedProfileKey)) return holds(undefined);
  const change = { committer: leaf, removed: [], joiners: [], keySets: [] };
  const next = nextMemberKeys(section.memberKeys, { ...change, ownKeys: encode(memberKeySet, after) });
  const awaited = withWayBack(section.awaited, next.delta);
  return holds({ ...section, memberKeys: next.keys, awaited });
}

/** The newest awaited epoch is rebuilt from the present: the way back to it begins with what has just changed. */
function withWayBack([newest, ...older]: readonly AwaitedEpoch[], delta: RowsDelta): AwaitedEpoch[] {
  if (newest === undefined) return [];
  return [{ ...newest, memberKeys: composed(delta, newest.memberKeys) }, ...older];
}
