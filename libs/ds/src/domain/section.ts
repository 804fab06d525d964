import { type CodecValue, encode, enumeration, fixed, groupId, struct, u16 } from '@phoenix/wire';

/** The parts of a group's row that are encrypted, each under a key of its own (docs/protocol §7). */
export const section = enumeration({ roster: 1, tree: 2, pending: 3 });
export type Section = CodecValue<typeof section>;

/** The at-rest format written here. Bound into every section's AAD, so that one version is never read as another. */
export const STORE_VERSION = 2;

/** Bytes of a section's tag, and of a row's generation, which is the roster's tag. */
export const TAG_LENGTH = 16;

const keyContext = struct({ section, groupId });
const aad = struct({ version: u16, groupId, section, tag: fixed(TAG_LENGTH) });

/** The context a section's key is derived with: `section || group_id`. */
export function sectionKeyContext(context: CodecValue<typeof keyContext>): Uint8Array {
  return encode(keyContext, context);
}

/** What a section's ciphertext is bound to: `store version || group_id || section || tag`. */
export function sectionAad(binding: Omit<CodecValue<typeof aad>, 'version'>): Uint8Array {
  return encode(aad, { version: STORE_VERSION, ...binding });
}
