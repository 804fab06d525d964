import { type GroupInfo, groupInfoTbs } from '../codec/group-info.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { CipherSuite } from '../crypto/cipher-suite.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { signContent } from '../crypto/sign-content.js';
import { checkGroupInfoExtensions } from './check-extensions.js';
import type { RuleId } from './rules.js';

/** A GroupInfo apart from the tree: its tag, its extensions, and its signature under the signer's leaf (RFC 9420 §12.4.3). */
export function checkGroupInfo(
  groupInfo: GroupInfo,
  signer: LeafNode | undefined,
  suite: CipherSuite,
  crypto: MlsCrypto,
): RuleId | undefined {
  if (groupInfo.confirmationTag.length !== suite.hashLength) return 'mls.12.4.3-confirmation-tag';
  if (signer === undefined) return 'mls.12.4.3-signer';
  const malformed = checkGroupInfoExtensions(groupInfo.extensions, suite);
  if (malformed !== undefined) return malformed;
  const signed = signContent('GroupInfoTBS', groupInfoTbs(groupInfo));
  return crypto.verify(signer.signatureKey, signed, groupInfo.signature) ? undefined : 'mls.12.4.3-signature';
}
