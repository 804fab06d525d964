import type { Commit } from '../codec/commit.js';
import type { Proposal } from '../codec/proposal.js';
import type { Sender } from '../codec/sender.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import { textKey } from '../validation/text-key.js';
import type { PublicGroup } from './public-group.js';
import type { StoredProposal } from './stored-proposal.js';

/** A proposal of a commit, whichever way it was named. */
export interface CommittedProposal {
  readonly proposal: Proposal;
  /** By value it is the committer; by reference whoever sent it. */
  readonly sender: Sender;
  /** Undefined for a proposal by value. */
  readonly ref: Uint8Array | undefined;
}

/** A member's commit with its references resolved, in its order (RFC 9420 §12.4). */
export function committedProposals(
  group: PublicGroup,
  commit: Commit,
  committer: number,
  stored: readonly StoredProposal[],
): Checked<CommittedProposal[]> {
  const own: Sender = { type: 'member', leafIndex: committer };
  const current = stored.filter(({ epoch }) => epoch === group.epoch);
  const byRef = new Map(current.map((proposal) => [textKey(proposal.ref), proposal]));
  const proposals: CommittedProposal[] = [];
  for (const entry of commit.proposals) {
    if (entry.type === 'unknown') return refuse('mls.12.2-proposal-type');
    if (entry.type === 'proposal') {
      proposals.push({ proposal: entry.proposal, sender: own, ref: undefined });
      continue;
    }
    const found = byRef.get(textKey(entry.reference));
    if (found === undefined) return refuse('mls.12.4-reference');
    proposals.push(found);
  }
  return accept(proposals);
}
