import { type CodecValue, fixed, opaque, optional, struct, u32, u8 } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';
import { groupRecord } from './group-record.js';

/**
 * An external commit that the DS has not answered yet, by which we enter a group, or come back to it (`isReturn` 1): the
 * body to send again; `signer`, the leaf that it replaces, with that leaf's key; the `commit` itself, for knowing its echo; and the group
 * as it is once the DS has taken it.
 */
export const entrance = struct({
  body: opaque(),
  signer: optional(struct({ leaf: u32, privateKey: fixed(32) })),
  commit: opaque(),
  isReturn: u8,
  record: groupRecord,
});
export type Entrance = CodecValue<typeof entrance>;

/** By group name. */
export const ENTRANCE = recordKind('entrances/', entrance);
