import { Writer } from '@phoenix/wire';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { NODE_TYPE_LEAF, NODE_TYPE_PARENT } from '../codec/tree-node.js';
import type { StoredNode } from './stored-node.js';

/** The tree hash of a leaf's place, occupied or blank (RFC 9420 §7.8). */
export function leafHash(crypto: MlsCrypto, leafIndex: number, node: StoredNode | undefined): Uint8Array {
  const writer = new Writer(sizeOf(node)).u8(NODE_TYPE_LEAF).u32(leafIndex);
  return crypto.hash(optionalBody(writer, node).view());
}

/** The tree hash of a parent's place over those of its children (RFC 9420 §7.8). */
export function parentNodeHash(
  crypto: MlsCrypto,
  node: StoredNode | undefined,
  leftHash: Uint8Array,
  rightHash: Uint8Array,
): Uint8Array {
  const writer = optionalBody(new Writer(sizeOf(node)).u8(NODE_TYPE_PARENT), node);
  return crypto.hash(writer.opaque(leftHash).opaque(rightHash).view());
}

/** Room for the node, and for what surrounds it. */
function sizeOf(node: StoredNode | undefined): number {
  return (node?.length ?? 0) + 144;
}

/** `optional<LeafNode>` or `optional<ParentNode>`: a stored node's bytes without their type. */
function optionalBody(writer: Writer, node: StoredNode | undefined): Writer {
  return writer.optional(node, (w, present) => w.bytes(present.bytes.subarray(1)));
}
