import { type CodecValue, clientId, opaque, struct } from '@phoenix/wire';
import { keyPair } from '../account/account.js';
import { recordKind } from '../store/record-kind.js';

/** A registration between its two steps: with the same ticket and key the AS answers the same credential again. */
export const pendingRegistration = struct({ clientId, ticket: opaque(4096), keys: keyPair });
export type PendingRegistration = CodecValue<typeof pendingRegistration>;

/** There is at most one. */
export const PENDING_REGISTRATION = recordKind('registration', pendingRegistration);
