import type { PublicGroup } from '@phoenix/mls';
import { checkContextChange, checkPolicyChange, listedAdmins } from './admins.js';
import { breaks, holds, type Judged } from './judged.js';
import type { OwnLeaf } from './own-leaf.js';
import type { RosterLeaf, RosterLeaves } from './roster-leaves.js';

/** The listed admins before and after a commit. */
export interface Admins {
  readonly before: readonly Uint8Array[];
  readonly after: readonly Uint8Array[];
}

/** A commit, as far as it can touch who is an admin. */
export interface AdminChange {
  readonly old: PublicGroup;
  readonly next: PublicGroup;
  /** The committer's leaf before and after. */
  readonly from: RosterLeaf;
  readonly to: OwnLeaf;
  /** The roster after the commit. */
  readonly leaves: RosterLeaves;
}

/** Holds a commit's GroupContext against the last one (docs/protocol §7). */
export function judgeAdmins({ old, next, from, to, leaves }: AdminChange): Judged<Admins> {
  const [oldExtensions, extensions] = [old.groupContext.extensions, next.groupContext.extensions];
  const [before, after] = [listedAdmins(oldExtensions), listedAdmins(extensions)];
  if (before === undefined || after === undefined) return breaks('ds.policy.form');
  const swap = { from: from.pseudonym, to: to.pseudonym };
  const change = { before, after, swap, present: leaves.pseudonyms() };
  const rule = checkContextChange(oldExtensions, extensions) ?? checkPolicyChange(change);
  return rule === undefined ? holds({ before, after }) : breaks(rule);
}
