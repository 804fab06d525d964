import { encodePublicGroup, type PublicGroup } from '@phoenix/mls';
import { awaited, stillAwaited } from './awaited-joiner.js';
import type { JudgedCommit } from './judge-commit.js';
import { moveOn } from './past-epochs.js';
import type { Roster, RosterLeaf } from './roster.js';
import type { TreeSection } from './tree-section.js';

/** The roster after a commit, but for the tag of the tree section, which is drawn when that is sealed. */
export function nextRoster(
  roster: Roster,
  { committer, group, leaves }: JudgedCommit,
  digest: Uint8Array,
): Omit<Roster, 'treeTag'> {
  const { signatureKey: formerKey } = roster.leaves[committer] as RosterLeaf;
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
  group: PublicGroup,
  judged: JudgedCommit,
  committerKey: Uint8Array,
  month: number,
): TreeSection {
  const { epoch, tree } = judged.group;
  const joiners = [
    ...stillAwaited(section.joiners, committerKey, month),
    ...awaited(judged.joiners, epoch, month),
  ];
  const pastEpochs = moveOn(
    { epoch, tree, memberKeys: judged.memberKeys },
    { epoch: group.epoch, tree: group.tree, memberKeys: section.memberKeys },
    section.pastEpochs,
    new Set(joiners.map((joiner) => joiner.epoch)),
  );
  const memberKeys = [...judged.memberKeys];
  return { group: encodePublicGroup(judged.group), memberKeys, joiners, pastEpochs };
}
