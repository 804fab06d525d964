import { type CodecValue, list, opaque, struct } from '@phoenix/wire';
import { awaitedJoiner } from './awaited-joiner.js';
import { memberKeysCodec } from './member-keys.js';
import { pastEpochsCodec } from './past-epochs.js';

/** The tree section (docs/protocol §7): what commits and joins need, and messages do not. */
export const treeSection = struct({
  /** The MLS public state, as `encodePublicGroup` writes it. */
  group: opaque(),
  memberKeys: memberKeysCodec,
  joiners: list(awaitedJoiner),
  pastEpochs: pastEpochsCodec,
});
export type TreeSection = CodecValue<typeof treeSection>;
