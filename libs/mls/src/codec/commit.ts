import { type CodecValue, list, optional, struct } from '@phoenix/wire';
import { proposalOrRefCodec } from './proposal-or-ref.js';
import { updatePathCodec } from './update-path.js';

/** `Commit` (RFC 9420 §12.4). */
export const commitCodec = struct({ proposals: list(proposalOrRefCodec), path: optional(updatePathCodec) });
export type Commit = CodecValue<typeof commitCodec>;
