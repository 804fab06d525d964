import { type Codec, DecodeError, type Reader } from '@phoenix/wire';
import { type Proposal, proposalCodec, proposalTypeName, readProposalBody } from './proposal.js';

const PROPOSAL = 1;
const REFERENCE = 2;

/**
 * `ProposalOrRef`: a proposal by value, or the hash of one sent before (RFC 9420 §12.4). Where the type of a proposal is
 * unknown, so is its length: `rest` is then all that follows in the vector, and the rules refuse the commit.
 */
export type ProposalOrRef =
  | { readonly type: 'proposal'; readonly proposal: Proposal }
  | { readonly type: 'reference'; readonly reference: Uint8Array }
  | { readonly type: 'unknown'; readonly proposalType: number; readonly rest: Uint8Array };

export const proposalOrRefCodec: Codec<ProposalOrRef> = {
  write: (w, v) => {
    if (v.type === 'proposal') proposalCodec.write(w.u8(PROPOSAL), v.proposal);
    else if (v.type === 'reference') w.u8(REFERENCE).opaque(v.reference);
    else w.u8(PROPOSAL).u16(v.proposalType).bytes(v.rest);
  },
  read: (r) => {
    const type = r.u8();
    if (type === PROPOSAL) return readByValue(r);
    if (type === REFERENCE) return { type: 'reference', reference: r.opaque() };
    throw new DecodeError('unknown-value');
  },
};

function readByValue(r: Reader): ProposalOrRef {
  const proposalType = r.u16();
  const name = proposalTypeName(proposalType);
  if (name === undefined) return { type: 'unknown', proposalType, rest: r.fixed(r.remaining) };
  return { type: 'proposal', proposal: readProposalBody(r, name) };
}
