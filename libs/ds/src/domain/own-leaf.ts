import { credentialCodec, type LeafNode, type StagedCommit } from '@phoenix/mls';
import { type CommitAad, encode, equal } from '@phoenix/wire';
import { enteringPseudonym } from './entering-leaf.js';
import { breaks, holds, type Judged } from './judged.js';
import type { RosterLeaf } from './roster-leaves.js';

/** What a commit makes of its committer's own leaf. */
export interface OwnLeaf {
  readonly pseudonym: Uint8Array;
  readonly signatureKey: Uint8Array;
}

/** The committer's leaf after the commit, if its credential and key set change together. */
export function ownLeafOf(
  path: StagedCommit['path'],
  before: RosterLeaf,
  aad: CommitAad,
  nowMs: number,
): Judged<OwnLeaf> {
  const hasNewCredential = path !== undefined && !isSameCredential(path.before, path.after);
  if (hasNewCredential !== (aad.own !== undefined)) return breaks('ds.commit.own-keys');
  const signatureKey = path?.after.signatureKey ?? before.signatureKey;
  if (path === undefined || !hasNewCredential) {
    const isSameKey = equal(signatureKey, before.signatureKey);
    return isSameKey
      ? holds({ pseudonym: before.pseudonym, signatureKey })
      : breaks('ds.commit.own-credential');
  }
  return newLeafOf(path.after, nowMs);
}

/** A leaf with a credential that has not been in the group. */
export function newLeafOf(leaf: LeafNode, nowMs: number): Judged<OwnLeaf> {
  const pseudonym = enteringPseudonym(leaf, nowMs);
  if (pseudonym === undefined) return breaks('ds.leaf.credential');
  return holds({ pseudonym, signatureKey: leaf.signatureKey });
}

function isSameCredential(before: LeafNode, after: LeafNode): boolean {
  return equal(encode(credentialCodec, before.credential), encode(credentialCodec, after.credential));
}
