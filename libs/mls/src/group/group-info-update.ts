import { type CodecValue, opaque, struct } from '@phoenix/wire';
import { extensionsCodec } from '../codec/extension.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { Checked } from '../validation/checked.js';
import type { PublicGroup } from './public-group.js';

/** What a committer sends beside a commit, so that the GroupInfo of the new epoch can be completed. */
export const groupInfoUpdateCodec = struct({ extensions: extensionsCodec, signature: opaque() });
export type GroupInfoUpdate = CodecValue<typeof groupInfoUpdateCodec>;

/** The group with the GroupInfo that its committer signed: rebuilt from the group's own state, verified under the committer's leaf in the new tree. */
export function withGroupInfoUpdate(
  group: PublicGroup,
  signer: number,
  update: GroupInfoUpdate,
  crypto: MlsCrypto,
): Checked<PublicGroup> {
  throw new Error('not yet');
}
