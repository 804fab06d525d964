import { framedContentTbs, mlsMessageCodec, type PublicGroup, signContent, WireFormat } from '@phoenix/mls';
import { encode } from '@phoenix/wire';

/** The DS's place in external_senders: it is the only one there. */
const SENDER_INDEX = 0;

/** A Remove that the DS proposes as an external sender (RFC 9420 §12.1.8.1), before it is signed. */
export interface ExternalRemove {
  /** What the signature is over, label included (RFC 9420 §6.1). */
  readonly signed: Uint8Array;
  /** The MLSMessage with that signature. */
  message(signature: Uint8Array): Uint8Array;
}

/** The DS's proposal that a leaf be removed from the group as it is now. */
export function externalRemove({ groupContext }: PublicGroup, removed: number): ExternalRemove {
  const content = {
    groupId: groupContext.groupId,
    epoch: groupContext.epoch,
    sender: { type: 'external', senderIndex: SENDER_INDEX },
    authenticatedData: new Uint8Array(0),
    body: { type: 'proposal', proposal: { type: 'remove', removed } },
  } as const;
  const tbs = framedContentTbs(WireFormat.publicMessage, content, groupContext);
  return {
    signed: signContent('FramedContentTBS', tbs),
    message: (signature) => {
      const auth = { signature, confirmationTag: undefined };
      const publicMessage = { content, auth, membershipTag: undefined };
      return encode(mlsMessageCodec, { type: 'publicMessage', publicMessage });
    },
  };
}
