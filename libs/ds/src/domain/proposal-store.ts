import {
  type Commit,
  type MlsCrypto,
  mlsMessageCodec,
  type PublicGroup,
  type StoredProposal,
  verifyProposal,
} from '@phoenix/mls';
import { decode } from '@phoenix/wire';
import { KeySet } from './key-set.js';

/** What proposals are judged in. */
export interface ProposalMoment {
  readonly crypto: MlsCrypto;
  readonly nowMs: number;
}

/**
 * The proposals of the store, each verified once more: what is kept is the message, as commits without it are answered
 * with. They are of this epoch, since every commit leaves the store without those of the last one.
 */
export function storedProposals(
  messages: readonly Uint8Array[],
  group: PublicGroup,
  { crypto, nowMs }: ProposalMoment,
): StoredProposal[] {
  const now = Math.floor(nowMs / 1000);
  return messages.map((bytes) => {
    const message = decode(mlsMessageCodec, bytes);
    const verified =
      message.type === 'publicMessage'
        ? verifyProposal(group, message.publicMessage, { crypto, now })
        : undefined;
    if (verified?.ok !== true) throw new TypeError('a stored proposal does not hold');
    return verified.value;
  });
}

/** The leaves whose Remove is pending. */
export function leavingLeaves(stored: readonly StoredProposal[]): Set<number> {
  return new Set(stored.flatMap(({ proposal }) => (proposal.type === 'remove' ? [proposal.removed] : [])));
}

/** Whether a member's commit takes in all that is pending; whose own Remove is among that cannot (RFC 9420 §12.2). */
export function includesAll(commit: Commit, committer: number, stored: readonly StoredProposal[]): boolean {
  if (stored.length === 0) return true;
  const named = new KeySet(
    commit.proposals.flatMap((item) => (item.type === 'reference' ? [item.reference] : [])),
  );
  return !leavingLeaves(stored).has(committer) && stored.every(({ ref }) => named.has(ref));
}
