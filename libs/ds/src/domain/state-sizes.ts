import { type Extension, extensionsCodec, type PublicGroup } from '@phoenix/mls';
import { encode, type MemberKeySet } from '@phoenix/wire';
import type { DsRuleId } from './rules.js';

/** Of a LeafNode, whose identity link is padded to half a kibibyte. */
const MAX_LEAF = 8 * 1024;
/** Of a GroupInfo's own extensions: an external_pub, and what clients add to look like others. */
const MAX_INFO_EXTENSIONS = 4 * 1024;
/** Of a GroupContext's: a thousand admins take half of it. */
const MAX_CONTEXT_EXTENSIONS = 64 * 1024;
/** `Encrypted` of a 32-byte key: nonce, vector length, ciphertext and tag. */
const WRAPPED_KEY = 12 + 1 + 32 + 16;

/**
 * Rule `ds.leaf.size`. What one member puts into a group's state every other's requests carry from then on, and the row
 * never moves to a smaller bucket.
 */
export function checkLeafSizes({ tree }: PublicGroup, leaves: readonly number[]): DsRuleId | undefined {
  const isLarge = (leaf: number): boolean => (tree.nodes[2 * leaf]?.bytes.length ?? 0) > MAX_LEAF;
  return leaves.some(isLarge) ? 'ds.leaf.size' : undefined;
}

/** Rule `ds.group-info.size`. */
export function checkInfoSize(extensions: readonly Extension[]): DsRuleId | undefined {
  return sizeOf(extensions) > MAX_INFO_EXTENSIONS ? 'ds.group-info.size' : undefined;
}

/** Rule `ds.context.size`. */
export function checkContextSize(extensions: readonly Extension[]): DsRuleId | undefined {
  return sizeOf(extensions) > MAX_CONTEXT_EXTENSIONS ? 'ds.context.size' : undefined;
}

/** Rule `ds.key-set.size`: one of another size would mark its member, to the DS and to whoever joins. */
export function checkKeySetSizes(sets: readonly MemberKeySet[]): DsRuleId | undefined {
  const isUsual = ({ wrappedLinkKey, wrappedProfileKey }: MemberKeySet): boolean =>
    wrappedLinkKey.length === WRAPPED_KEY && wrappedProfileKey.length === WRAPPED_KEY;
  return sets.every(isUsual) ? undefined : 'ds.key-set.size';
}

function sizeOf(extensions: readonly Extension[]): number {
  return encode(extensionsCodec, [...extensions]).length;
}
