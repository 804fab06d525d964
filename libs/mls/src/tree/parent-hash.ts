import { Writer } from '@phoenix/wire';
import type { MlsCrypto } from '../crypto/mls-crypto.js';

/**
 * The hash of a `ParentHashInput` (RFC 9420 §7.9): what the node below must carry as its parent_hash.
 * `siblingHash` is the original tree hash of the copath child.
 */
export function parentHash(
  crypto: MlsCrypto,
  node: { readonly encryptionKey: Uint8Array; readonly parentHash: Uint8Array },
  siblingHash: Uint8Array,
): Uint8Array {
  return crypto.hash(
    new Writer().opaque(node.encryptionKey).opaque(node.parentHash).opaque(siblingHash).view(),
  );
}
