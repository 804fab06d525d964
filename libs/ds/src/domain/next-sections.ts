import { encodePublicGroup, type PublicGroup } from '@phoenix/mls';
import { moveOn } from './awaited-epochs.js';
import { awaited } from './awaited-joiners.js';
import { nodesOf } from './epoch-state.js';
import type { JudgedCommit } from './judge-commit.js';
import { KeySet } from './key-set.js';
import type { Roster } from './roster.js';
import type { RosterLeaf } from './roster-leaves.js';
import { deltaOf } from './rows-delta.js';
import type { TreeSection } from './tree-section.js';

/** The roster after a commit, but for the tag of the tree section, which is drawn when that is sealed. */
export function nextRoster(
  roster: Roster,
  { committer, group, leaves }: JudgedCommit,
  digest: Uint8Array,
): Omit<Roster, 'treeTag'> {
  const { signatureKey: formerKey } = roster.leaves.at(committer) as RosterLeaf;
  return {
    epoch: group.epoch,
    open: roster.open,
    lastCommit: { digest, committer, formerKey },
    leaves,
  };
}

/** The tree section after a commit. */
export function nextTreeSection(
  section: TreeSection,
  old: PublicGroup,
  roster: Roster,
  judged: JudgedCommit,
  month: number,
): TreeSection {
  const { epoch, tree } = judged.group;
  const delta = { tree: deltaOf(nodesOf(tree), nodesOf(old.tree)), memberKeys: judged.keysDelta };
  // Who commits has joined. Who is removed before joining is still awaited: its queue holds what was sent while it was a member.
  const { signatureKey } = roster.leaves.at(judged.committer) as RosterLeaf;
  const step = { epoch, month, delta, joiners: awaited(judged.joiners), settled: new KeySet([signatureKey]) };
  return {
    ...section,
    group: encodePublicGroup(judged.group),
    memberKeys: judged.memberKeys,
    awaited: moveOn(section.awaited, step),
  };
}
