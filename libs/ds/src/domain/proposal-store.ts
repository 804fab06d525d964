import {
  authenticatedContentCodec,
  type Commit,
  type MlsCrypto,
  mlsMessageCodec,
  proposalRef,
  type StoredProposal,
  WireFormat,
} from '@phoenix/mls';
import { decode, encode } from '@phoenix/wire';
import { KeySet } from './key-set.js';

/**
 * The proposals of the store. What is kept is the message, as commits without it are answered with; it was verified before
 * it went in, and nobody without the EAR key can have changed it since. To verify it again would cost a signature for each
 * of a thousand who may be leaving, at every request. They are of this epoch: every commit leaves the last one's behind.
 */
export function storedProposals(messages: readonly Uint8Array[], crypto: MlsCrypto): StoredProposal[] {
  return messages.map((bytes) => {
    const message = decode(mlsMessageCodec, bytes);
    if (message.type !== 'publicMessage') throw new TypeError('a stored proposal is none');
    const { content, auth } = message.publicMessage;
    if (content.body.type !== 'proposal') throw new TypeError('a stored proposal is none');
    const { epoch, sender, authenticatedData, body } = content;
    const wireFormat = WireFormat.publicMessage;
    const ref = proposalRef(crypto, encode(authenticatedContentCodec, { wireFormat, content, auth }));
    return { ref, epoch, sender, authenticatedData, proposal: body.proposal } as StoredProposal;
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
