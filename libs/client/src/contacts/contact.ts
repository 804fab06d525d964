import { type CodecValue, fixed, friendshipKeys, optional, struct, userId } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';

/**
 * Someone we can add. `credentialKey` is the key of its first credential that we verified: renewal keeps the key, so
 * another one is refused, also when the AS signed it (docs/protocol §3).
 */
export const contact = struct({ userId, keys: friendshipKeys, credentialKey: optional(fixed(32)) });
export type Contact = CodecValue<typeof contact>;

/** By user id, written out. */
export const CONTACT = recordKind('contacts/', contact);
