import {
  type MlsCrypto,
  type Proposal,
  type PublicGroup,
  type PublicMessage,
  type StoredProposal,
  verifyProposal,
} from '@phoenix/mls';
import { listedAdmins } from './admins.js';
import type { GroupFacts } from './group-facts.js';
import { breaks, holds, type Judged } from './judged.js';
import { KeySet } from './key-set.js';
import { leavingLeaves } from './proposal-store.js';
import type { RosterLeaves } from './roster-leaves.js';

/** A member's proposal to be removed, as it asks for it. */
export interface SelfRemove {
  /** The MLSMessage, as it came. */
  readonly bytes: Uint8Array;
  readonly message: PublicMessage;
  readonly proposal: Proposal;
  /** The leaf that signed the request. */
  readonly leaf: number;
}

/** The group it is judged against. */
export interface ProposalGroup {
  readonly leaves: RosterLeaves;
  readonly group: PublicGroup;
  readonly stored: readonly StoredProposal[];
}

/** What it is judged in. */
export interface ProposalMoment {
  readonly crypto: MlsCrypto;
  readonly nowMs: number;
}

/** A proposal that holds. */
export interface JudgedSelfRemove {
  /** All leaves that leave with the next commit. */
  readonly leaving: ReadonlySet<number>;
  readonly facts: GroupFacts;
}

/** Checks a member's Remove of itself by RFC 9420 §12.1.8 and the DS's own rules (docs/protocol §7). */
export function judgeSelfRemove(
  { leaves, group, stored }: ProposalGroup,
  { message, proposal, leaf }: SelfRemove,
  { crypto, nowMs }: ProposalMoment,
): Judged<JudgedSelfRemove> {
  const { sender } = message.content;
  const isOwn =
    proposal.type === 'remove' &&
    proposal.removed === leaf &&
    sender.type === 'member' &&
    sender.leafIndex === leaf;
  if (!isOwn) return breaks('ds.self-remove.own');
  if (message.content.authenticatedData.length > 0) return breaks('ds.self-remove.aad');
  const verified = verifyProposal(group, message, { crypto, now: Math.floor(nowMs / 1000) });
  if (!verified.ok) return verified;
  const pending = leavingLeaves(stored);
  if (pending.has(leaf)) return breaks('ds.self-remove.once');
  const leaving = new Set([...pending, leaf]);
  return holds({ leaving, facts: factsOf(leaves, group, leaf, leaving) });
}

/** The group as it will be once all that is pending is committed. */
function factsOf(
  leaves: RosterLeaves,
  group: PublicGroup,
  leaf: number,
  leaving: ReadonlySet<number>,
): GroupFacts {
  const listed = new KeySet(listedAdmins(group.groupContext.extensions));
  const admins = [...leaves.occupied()].filter(({ leaf: { pseudonym } }) => listed.has(pseudonym));
  return {
    operation: 'selfRemoveUser',
    actorIsAdmin: admins.some(({ leafIndex }) => leafIndex === leaf),
    added: 0,
    removed: 1,
    members: leaves.count - leaving.size,
    admins: admins.filter(({ leafIndex }) => !leaving.has(leafIndex)).length,
  };
}
