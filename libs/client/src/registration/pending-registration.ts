import { type CodecValue, clientId, opaque, optional, struct } from '@phoenix/wire';
import { keyPair } from '../account/account.js';
import { recordKind } from '../store/record-kind.js';

/**
 * A registration between its two steps, all that the second one sends: with the same ticket and key the AS answers the same
 * credential again. The password is in none of it.
 */
export const pendingRegistration = struct({
  clientId,
  ticket: opaque(4096),
  keys: keyPair,
  opaqueRecord: opaque(512),
  invitation: optional(opaque(256)),
  proofOfWork: optional(opaque(8)),
});
export type PendingRegistration = CodecValue<typeof pendingRegistration>;

/** There is at most one. */
export const PENDING_REGISTRATION = recordKind('registration', pendingRegistration);
