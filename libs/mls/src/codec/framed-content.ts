import { type Codec, type Reader, type Writer } from '@phoenix/wire';
import { type Commit, commitCodec } from './commit.js';
import { contentTypeCodec } from './content-type.js';
import { type Proposal, proposalCodec } from './proposal.js';
import { type Sender, senderCodec } from './sender.js';

/** What a message says. */
export type FramedBody =
  | { readonly type: 'application'; readonly applicationData: Uint8Array }
  | { readonly type: 'proposal'; readonly proposal: Proposal }
  | { readonly type: 'commit'; readonly commit: Commit };

/** `FramedContent`: a message's content, and in which group and epoch and by whom it was said (RFC 9420 §6). */
export interface FramedContent {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly sender: Sender;
  readonly authenticatedData: Uint8Array;
  readonly body: FramedBody;
}

export const framedContentCodec: Codec<FramedContent> = {
  write: (w, v) => {
    w.opaque(v.groupId).u64(v.epoch);
    senderCodec.write(w, v.sender);
    w.opaque(v.authenticatedData);
    writeBody(w, v.body);
  },
  read: (r) => ({
    groupId: r.opaque(),
    epoch: r.u64(),
    sender: senderCodec.read(r),
    authenticatedData: r.opaque(),
    body: readBody(r),
  }),
};

function writeBody(w: Writer, body: FramedBody): void {
  contentTypeCodec.write(w, body.type);
  if (body.type === 'application') w.opaque(body.applicationData);
  else if (body.type === 'proposal') proposalCodec.write(w, body.proposal);
  else commitCodec.write(w, body.commit);
}

function readBody(r: Reader): FramedBody {
  const type = contentTypeCodec.read(r);
  if (type === 'application') return { type, applicationData: r.opaque() };
  if (type === 'proposal') return { type, proposal: proposalCodec.read(r) };
  return { type, commit: commitCodec.read(r) };
}
