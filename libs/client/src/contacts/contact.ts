import { type CodecValue, fixed, friendshipKeys, optional, struct, userId } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';
import { text } from '../store/text.js';

/**
 * Someone we can add. `credentialKey` is the key of its first credential that we verified: renewal keeps the key, so
 * another one is refused, also when the AS signed it (docs/protocol §3). `group` is the name of the connection group in which its
 * keys came last; of a contact by card there is none.
 */
export const contact = struct({
  userId,
  keys: friendshipKeys,
  credentialKey: optional(fixed(32)),
  group: optional(text),
});
export type Contact = CodecValue<typeof contact>;

/** By user id, written out. */
export const CONTACT = recordKind('contacts/', contact);
