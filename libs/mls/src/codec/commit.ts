import { type CodecValue, list, optional, struct } from '@phoenix/wire';
import { proposalOrRefCodec } from './proposal-or-ref.js';
import { updatePathCodec } from './update-path.js';

/** More than any commit names: what is cheap to send must not be dear to read. */
const MAX_PROPOSALS = 0x10000;

/** `Commit` (RFC 9420 §12.4). */
export const commitCodec = struct({
  proposals: list(proposalOrRefCodec, MAX_PROPOSALS),
  path: optional(updatePathCodec),
});
export type Commit = CodecValue<typeof commitCodec>;
