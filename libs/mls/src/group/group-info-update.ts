import type { Extension } from '../codec/extension.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import { checkGroupInfo } from '../validation/check-group-info.js';
import { PublicGroup } from './public-group.js';
import { suiteOf } from './suite-of.js';

/** What a committer signs beside a commit, so that the new epoch's GroupInfo can be completed (docs/protocol §7). */
export interface GroupInfoUpdate {
  readonly extensions: Extension[];
  readonly signature: Uint8Array;
}

/**
 * The group with the GroupInfo that `signer` signed for its epoch: completed from the group's own state, and verified
 * under the signer's leaf in the group's own tree, which after a commit is the new one.
 */
export function withGroupInfoUpdate(
  group: PublicGroup,
  signer: number,
  { extensions, signature }: GroupInfoUpdate,
  crypto: MlsCrypto,
): Checked<PublicGroup> {
  const groupInfoParts = { extensions, signer, signature };
  const { groupContext, confirmationTag } = group;
  const groupInfo = { groupContext, confirmationTag, ...groupInfoParts };
  const rule = checkGroupInfo(groupInfo, group.leaf(signer), suiteOf(group), crypto);
  if (rule !== undefined) return refuse(rule);
  const { tree, interimTranscriptHash, reInit } = group;
  return accept(
    new PublicGroup({ groupContext, tree, confirmationTag, interimTranscriptHash, groupInfoParts, reInit }),
  );
}
