import { equal } from '@phoenix/wire';
import { framedContentTbs } from '../codec/authenticated-content.js';
import type { Commit } from '../codec/commit.js';
import type { PublicMessage } from '../codec/public-message.js';
import { WireFormat } from '../codec/wire-format.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { signContent } from '../crypto/sign-content.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import type { RuleId } from '../validation/rules.js';
import type { PublicGroup } from './public-group.js';
import { suiteOf } from './suite-of.js';

/** A commit of this group and epoch that its member signed. Whether its tags are right, only members can tell. */
export interface FramedCommit {
  readonly committer: number;
  readonly commit: Commit;
  readonly confirmationTag: Uint8Array;
}

/** Checks what surrounds a commit: group, epoch, sender, tags, signature (RFC 9420 §6, §12.4.2). */
export function checkCommitFraming(
  group: PublicGroup,
  message: PublicMessage,
  crypto: MlsCrypto,
): Checked<FramedCommit> {
  const { content, auth } = message;
  const { body, sender } = content;
  if (body.type !== 'commit') return refuse('mls.6-content-type');
  if (!equal(content.groupId, group.groupId)) return refuse('mls.6-group-id');
  if (content.epoch !== group.epoch) return refuse('mls.6-epoch');
  if (sender.type === 'new_member_commit') return refuse('mls.unsupported-external-commit');
  if (sender.type !== 'member') return refuse('mls.6-sender');
  const { confirmationTag } = auth;
  const { hashLength } = suiteOf(group);
  if (confirmationTag?.length !== hashLength) return refuse('mls.6.1-confirmation-tag');
  if (message.membershipTag?.length !== hashLength) return refuse('mls.6.2-membership-tag');
  const rule = checkSignature(group, message, sender.leafIndex, crypto);
  if (rule !== undefined) return refuse(rule);
  return accept({ committer: sender.leafIndex, commit: body.commit, confirmationTag });
}

function checkSignature(
  group: PublicGroup,
  { content, auth }: PublicMessage,
  leafIndex: number,
  crypto: MlsCrypto,
): RuleId | undefined {
  const leaf = group.leaf(leafIndex);
  if (leaf === undefined) return 'mls.6-sender';
  const tbs = framedContentTbs(WireFormat.publicMessage, content, group.groupContext);
  const signed = signContent('FramedContentTBS', tbs);
  return crypto.verify(leaf.signatureKey, signed, auth.signature) ? undefined : 'mls.6.1-signature';
}
