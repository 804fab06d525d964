import { type CodecValue, fixed, list, opaque, struct } from '@phoenix/wire';
import { awaitedEpochsCodec } from './awaited-epochs.js';

/** The tree section (docs/protocol §7): what commits and joins need, and messages do not. */
export const treeSection = struct({
  /** The MLS public state, as `encodePublicGroup` writes it. */
  group: opaque(),
  memberKeys: opaque(),
  awaited: awaitedEpochsCodec,
  /** The proposal store: Removes of this epoch as their MLSMessages, in the order in which they were taken. */
  proposals: list(opaque()),
  /** The private half of the row's notice key. */
  noticeKey: fixed(32),
  /** SHA-256 of the row's notices as they were last read. */
  noticesRead: fixed(32),
});
export type TreeSection = CodecValue<typeof treeSection>;
