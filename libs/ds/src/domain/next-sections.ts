import { encodePublicGroup, type PublicGroup } from '@phoenix/mls';
import { moveOn } from './awaited-epochs.js';
import { awaited } from './awaited-joiners.js';
import { nodesOf } from './epoch-state.js';
import type { JudgedCommit } from './judged-commit.js';
import { KeySet } from './key-set.js';
import type { Roster } from './roster.js';
import { deltaOf } from './rows-delta.js';
import type { TreeSection } from './tree-section.js';

/** The roster after a commit, but for the tag of the tree section, which is drawn when that is sealed. */
export function nextRoster(
  roster: Roster,
  { author, group, leaves }: JudgedCommit,
  digest: Uint8Array,
): Omit<Roster, 'treeTag'> {
  return {
    epoch: group.epoch,
    // Once there was a second member, there is somebody with the EAR key who may be out by then: it opens nothing again.
    open: roster.open && leaves.count === 1,
    lastCommit: { digest, committer: author.leaf, formerKey: author.key },
    leaves,
  };
}

/** The tree section after a commit. What was proposed for the last epoch can be committed no more. */
export function nextTreeSection(
  section: TreeSection,
  old: PublicGroup,
  judged: JudgedCommit,
  month: number,
): TreeSection {
  const { epoch, tree } = judged.group;
  const delta = { tree: deltaOf(nodesOf(tree), nodesOf(old.tree)), memberKeys: judged.keysDelta };
  // Who commits has joined. Who is removed before joining is still awaited: its queue holds what was sent while it was a member.
  const settled = new KeySet([judged.author.key]);
  const step = { epoch, month, delta, joiners: awaited(judged.joiners), settled };
  return {
    ...section,
    group: encodePublicGroup(judged.group),
    memberKeys: judged.memberKeys,
    awaited: moveOn(section.awaited, step),
    proposals: [],
  };
}
