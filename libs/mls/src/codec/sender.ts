import { type Codec, DecodeError } from '@phoenix/wire';

const MEMBER = 1;
const EXTERNAL = 2;
const NEW_MEMBER_PROPOSAL = 3;
const NEW_MEMBER_COMMIT = 4;

/** `Sender` (RFC 9420 §6). */
export type Sender =
  | { readonly type: 'member'; readonly leafIndex: number }
  | { readonly type: 'external'; readonly senderIndex: number }
  | { readonly type: 'new_member_proposal' }
  | { readonly type: 'new_member_commit' };

export const senderCodec: Codec<Sender> = {
  write: (w, v) => {
    if (v.type === 'member') w.u8(MEMBER).u32(v.leafIndex);
    else if (v.type === 'external') w.u8(EXTERNAL).u32(v.senderIndex);
    else w.u8(v.type === 'new_member_proposal' ? NEW_MEMBER_PROPOSAL : NEW_MEMBER_COMMIT);
  },
  read: (r) => {
    const type = r.u8();
    if (type === MEMBER) return { type: 'member', leafIndex: r.u32() };
    if (type === EXTERNAL) return { type: 'external', senderIndex: r.u32() };
    if (type === NEW_MEMBER_PROPOSAL) return { type: 'new_member_proposal' };
    if (type === NEW_MEMBER_COMMIT) return { type: 'new_member_commit' };
    throw new DecodeError('unknown-value');
  },
};
