import { type CodecValue, list, opaque, struct } from '@phoenix/wire';
import { credentialCodec } from './credential.js';

/** `ExternalSender`: someone outside the group who may propose (RFC 9420 §12.1.8.1). */
export const externalSenderCodec = struct({ signatureKey: opaque(), credential: credentialCodec });
export type ExternalSender = CodecValue<typeof externalSenderCodec>;

/** The GroupContext extension external_senders: a vector, not a single value. */
export const externalSendersCodec = list(externalSenderCodec);
