import {
  decode,
  DecodeError,
  encode,
  opaque,
  optional,
  Reader,
  struct,
  u16,
  u32,
  Writer,
} from '@phoenix/wire';
import { extensionsCodec } from '../codec/extension.js';
import { groupContextCodec } from '../codec/group-context.js';
import { reInitCodec } from '../codec/re-init.js';
import { NodeBlock, writeNodes } from '../tree/node-block.js';
import { RatchetTree } from '../tree/ratchet-tree.js';
import type { TreeNodes } from '../tree/stored-node.js';
import { PublicGroup } from './public-group.js';

const VERSION = 2;

const headCodec = struct({
  version: u16,
  groupContext: groupContextCodec,
  confirmationTag: opaque(),
  interimTranscriptHash: opaque(),
  groupInfoParts: optional(struct({ extensions: extensionsCodec, signer: u32, signature: opaque() })),
  reInit: optional(reInitCodec),
});

/**
 * The group's state for storage: `{ head<V>; hashes<V>; node<V>... }`, each node as its signed bytes, empty where blank,
 * with the tree hashes beside them so that the next request neither decodes nor hashes what it does not touch.
 */
export function encodePublicGroup(group: PublicGroup): Uint8Array {
  const { nodes, hashes, stored } = group.tree;
  const size = nodes.reduce((sum, node) => sum + 4 + (node?.length ?? 0), 0);
  const writer = new Writer(size + hashes.length + 4096);
  const { groupContext, confirmationTag, interimTranscriptHash, groupInfoParts, reInit } = group;
  const head = {
    version: VERSION,
    groupContext,
    confirmationTag,
    interimTranscriptHash,
    groupInfoParts,
    reInit,
  };
  writer.opaque(encode(headCodec, head)).opaque(hashes);
  if (stored === undefined) writeNodes(writer, nodes);
  else stored.write(writer, nodes);
  return writer.view();
}

/**
 * Reads back what `encodePublicGroup` wrote. Nothing is verified again, so the bytes must come from an authenticated
 * store. The group holds views into them: they must outlive it.
 * @throws DecodeError
 */
export function decodePublicGroup(bytes: Uint8Array): PublicGroup {
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const reader = new Reader(plain);
  const { version, ...head } = decode(headCodec, reader.opaque());
  if (version !== VERSION) throw new DecodeError('unknown-value');
  const hashes = reader.opaque();
  const stored = NodeBlock.read(reader, plain);
  const { nodes } = stored;
  checkShape(nodes, hashes, head.groupContext.treeHash.length);
  return new PublicGroup({ ...head, tree: new RatchetTree(nodes, hashes, stored) });
}

function checkShape(nodes: TreeNodes, hashes: Uint8Array, hashLength: number): void {
  const isComplete = nodes.length > 0 && (nodes.length & (nodes.length + 1)) === 0;
  if (!isComplete || hashes.length !== nodes.length * hashLength) throw new DecodeError('invalid-value');
}
