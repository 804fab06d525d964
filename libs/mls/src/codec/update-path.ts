import { type CodecValue, list, opaque, struct } from '@phoenix/wire';
import { hpkeCiphertextCodec } from './hpke-ciphertext.js';
import { leafNodeCodec } from './leaf-node.js';

/** `UpdatePathNode`: a new key, and its path secret for each node of the copath's resolution (RFC 9420 §7.6). */
export const updatePathNodeCodec = struct({
  encryptionKey: opaque(),
  encryptedPathSecrets: list(hpkeCiphertextCodec),
});
export type UpdatePathNode = CodecValue<typeof updatePathNodeCodec>;

/** Leaf indices have 32 bits: no path is longer. */
const MAX_PATH = 32;

/** `UpdatePath` (RFC 9420 §7.6). */
export const updatePathCodec = struct({
  leafNode: leafNodeCodec,
  nodes: list(updatePathNodeCodec, MAX_PATH),
});
export type UpdatePath = CodecValue<typeof updatePathCodec>;
