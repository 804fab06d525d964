import type { PublicGroup } from './public-group.js';

/** The group's state with its tree's cached hashes, for storage under encryption. */
export function encodePublicGroup(group: PublicGroup): Uint8Array {
  throw new Error('not yet');
}
/** Reads back what `encodePublicGroup` wrote; its input is trusted: nothing is verified again. @throws DecodeError */
export function decodePublicGroup(bytes: Uint8Array): PublicGroup {
  throw new Error('not yet');
}
