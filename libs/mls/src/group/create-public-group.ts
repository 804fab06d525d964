import type { GroupInfo } from '../codec/group-info.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { RatchetTree } from '../tree/ratchet-tree.js';
import type { Checked } from '../validation/checked.js';
import type { PublicGroup } from './public-group.js';

export interface CreationContext {
  readonly crypto: MlsCrypto;
  /** The suites that `crypto` speaks; a group of another is refused. */
  readonly cipherSuites: readonly number[];
  readonly maxLeaves: number;
}
/** The state that a GroupInfo and its tree describe, if all of it holds (RFC 9420 §12.4.3.1, as far as no secret is needed). */
export function createPublicGroup(
  groupInfo: GroupInfo,
  tree: RatchetTree,
  context: CreationContext,
): Checked<PublicGroup> {
  throw new Error('not yet');
}
