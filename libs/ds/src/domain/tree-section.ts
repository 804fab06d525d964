import { type CodecValue, opaque, struct } from '@phoenix/wire';
import { awaitedEpochsCodec } from './awaited-epochs.js';

/** The tree section (docs/protocol §7): what commits and joins need, and messages do not. */
export const treeSection = struct({
  /** The MLS public state, as `encodePublicGroup` writes it. */
  group: opaque(),
  memberKeys: opaque(),
  awaited: awaitedEpochsCodec,
});
export type TreeSection = CodecValue<typeof treeSection>;
