import { type CodecValue, opaque, struct, Writer } from '@phoenix/wire';
import { capabilitiesCodec } from './capabilities.js';
import { credentialCodec } from './credential.js';
import { extensionsCodec } from './extension.js';
import { leafNodeSourceCodec } from './leaf-node-source.js';

const content = {
  encryptionKey: opaque(),
  signatureKey: opaque(),
  credential: credentialCodec,
  capabilities: capabilitiesCodec,
  source: leafNodeSourceCodec,
  extensions: extensionsCodec,
};
const contentCodec = struct(content);

/** `LeafNode`: one member's keys, credential and capabilities, signed by it (RFC 9420 §7.2). */
export const leafNodeCodec = struct({ ...content, signature: opaque() });
export type LeafNode = CodecValue<typeof leafNodeCodec>;
/** A LeafNode before it is signed. */
export type LeafNodeContent = CodecValue<typeof contentCodec>;

/** Where a leaf sits: part of what it signs, unless it comes from a KeyPackage. */
export interface LeafPosition {
  readonly groupId: Uint8Array;
  readonly leafIndex: number;
}

/**
 * `LeafNodeTBS` (RFC 9420 §7.2). Sign it under the label "LeafNodeTBS".
 * `position` is needed exactly for leaves from an update or a commit.
 */
export function leafNodeTbs(leaf: LeafNodeContent, position?: LeafPosition): Uint8Array {
  const writer = new Writer(1024);
  contentCodec.write(writer, leaf);
  if (leaf.source.type !== 'key_package') {
    if (position === undefined) throw new TypeError('a leaf from an update or a commit signs its position');
    writer.opaque(position.groupId).u32(position.leafIndex);
  }
  return writer.finish();
}
