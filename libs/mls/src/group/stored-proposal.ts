import { type Codec, decode, encode, opaque, struct, u64 } from '@phoenix/wire';
import { type Proposal, proposalCodec } from '../codec/proposal.js';
import { type Sender, senderCodec } from '../codec/sender.js';
import type { Verified } from '../validation/verified.js';

/** A proposal that was sent by itself, with what a later commit needs to know of it. */
export interface UnverifiedProposal {
  /** `ProposalRef`: how commits name it (RFC 9420 §5.2). */
  readonly ref: Uint8Array;
  /** The epoch it was sent in, and the only one whose commit may name it. */
  readonly epoch: bigint;
  readonly sender: Sender;
  readonly authenticatedData: Uint8Array;
  readonly proposal: Proposal;
}

/** A proposal that `verifyProposal` has accepted, now or before it was stored. */
export type StoredProposal = Verified<UnverifiedProposal>;

const codec: Codec<UnverifiedProposal> = struct({
  ref: opaque(),
  epoch: u64,
  sender: senderCodec,
  authenticatedData: opaque(),
  proposal: proposalCodec,
});

/** For storage. */
export function encodeStoredProposal(proposal: StoredProposal): Uint8Array {
  return encode(codec, proposal);
}

/**
 * Reads back what `encodeStoredProposal` wrote. Nothing is verified again, so the bytes must come from an authenticated
 * store.
 * @throws DecodeError
 */
export function decodeStoredProposal(bytes: Uint8Array): StoredProposal {
  return decode(codec, bytes) as StoredProposal;
}
