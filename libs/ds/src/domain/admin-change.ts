import type { PublicGroup } from '@phoenix/mls';
import {
  checkContextChange,
  checkNewAdmins,
  checkPolicyChange,
  checkSenderStays,
  listedAdmins,
  POLICY_AND_SENDERS,
  POLICY_ONLY,
} from './admins.js';
import type { GroupOperation } from './group-facts.js';
import { breaks, holds, type Judged } from './judged.js';
import type { OwnLeaf } from './own-leaf.js';
import type { RosterLeaf, RosterLeaves } from './roster-leaves.js';
import { checkContextSize } from './state-sizes.js';

/** The listed admins before and after a commit. */
export interface Admins {
  readonly before: readonly Uint8Array[];
  readonly after: readonly Uint8Array[];
}

/** A commit, as far as it can touch who is an admin. */
export interface AdminChange {
  readonly operation: GroupOperation;
  readonly old: PublicGroup;
  readonly next: PublicGroup;
  /** The committer's leaf before and after. */
  readonly from: RosterLeaf;
  readonly to: OwnLeaf;
  /** The roster after the commit. */
  readonly leaves: RosterLeaves;
}

/** Holds a commit's GroupContext against the last one (docs/protocol §7). */
export function judgeAdmins({ operation, old, next, from, to, leaves }: AdminChange): Judged<Admins> {
  const [oldExtensions, extensions] = [old.groupContext.extensions, next.groupContext.extensions];
  const [before, after] = [listedAdmins(oldExtensions), listedAdmins(extensions)];
  if (before === undefined || after === undefined) return breaks('ds.policy.form');
  const swap = { from: from.pseudonym, to: to.pseudonym };
  const change = { before, after, swap, present: leaves.pseudonyms() };
  const rule =
    operation === 'updateGroupContext'
      ? (checkContextSize(extensions) ??
        checkContextChange(oldExtensions, extensions, POLICY_AND_SENDERS) ??
        checkSenderStays(oldExtensions, extensions) ??
        checkNewAdmins(change))
      : (checkContextChange(oldExtensions, extensions, POLICY_ONLY) ?? checkPolicyChange(change));
  return rule === undefined ? holds({ before, after }) : breaks(rule);
}
