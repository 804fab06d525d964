import { type Codec, DecodeError } from '@phoenix/wire';
import { type Proposal, proposalCodec } from './proposal.js';

const PROPOSAL = 1;
const REFERENCE = 2;

/** `ProposalOrRef`: a proposal by value, or the hash of one sent before (RFC 9420 §12.4). */
export type ProposalOrRef =
  | { readonly type: 'proposal'; readonly proposal: Proposal }
  | { readonly type: 'reference'; readonly reference: Uint8Array };

export const proposalOrRefCodec: Codec<ProposalOrRef> = {
  write: (w, v) => {
    if (v.type === 'proposal') proposalCodec.write(w.u8(PROPOSAL), v.proposal);
    else w.u8(REFERENCE).opaque(v.reference);
  },
  read: (r) => {
    const type = r.u8();
    if (type === PROPOSAL) return { type: 'proposal', proposal: proposalCodec.read(r) };
    if (type === REFERENCE) return { type: 'reference', reference: r.opaque() };
    throw new DecodeError('unknown-value');
  },
};
