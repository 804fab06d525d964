import type { PublicGroup } from '@phoenix/mls';
import type { GroupFacts } from './group-facts.js';
import type { Joiner } from './joiner.js';
import type { MemberKeys } from './member-keys.js';
import type { RosterLeaves } from './roster-leaves.js';
import type { Roster } from './roster.js';
import type { RowsDelta } from './rows-delta.js';

/** The group that a commit is judged against. */
export interface GroupMoment {
  readonly roster: Roster;
  readonly group: PublicGroup;
  readonly memberKeys: MemberKeys;
}

/** A commit that holds, and what it makes of the group. Whether its committer may is for the GroupPolicy to say. */
export interface JudgedCommit {
  /** The committer's leaf in the new tree. */
  readonly committer: number;
  /** The leaf that asked for it and the key that this had, if it had one: by them its retry is known. */
  readonly author: { readonly leaf: number; readonly key: Uint8Array };
  readonly group: PublicGroup;
  readonly leaves: RosterLeaves;
  readonly memberKeys: MemberKeys;
  /** From the new key sets back to those before. */
  readonly keysDelta: RowsDelta;
  readonly joiners: readonly Joiner[];
  readonly facts: GroupFacts;
}
