import { optional, struct } from '@phoenix/wire';
import { keyPair, qsIdentity } from '../account/account.js';
import { recordKind } from '../store/record-kind.js';

/** Whose records and queue take the lost ones' place: drawn, and kept, before the QS hears of them. */
export const successor = struct({ qsUser: qsIdentity, qsClient: qsIdentity, queueEncryption: keyPair });

/** There while our queue cannot be read any more. */
export const LOST_QUEUE = recordKind('lost-queue', struct({ successor: optional(successor) }));
