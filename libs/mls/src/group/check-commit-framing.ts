import type { Commit } from '../codec/commit.js';
import { FramedBytes } from '../codec/framed-bytes.js';
import type { PublicMessage } from '../codec/public-message.js';
import { WireFormat } from '../codec/wire-format.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { signContent } from '../crypto/sign-content.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import type { RuleId } from '../validation/rules.js';
import { checkMembershipTag, checkMessage, signatureKeyOf } from './check-message.js';
import type { CommitTranscript } from './next-epoch.js';
import type { PublicGroup } from './public-group.js';
import { suiteOf } from './suite-of.js';

/** A commit of this group and epoch that its sender signed. Whether its tags are right, only members can tell. */
export interface FramedCommit extends CommitTranscript {
  readonly commit: Commit;
}

/** A member's commit. */
export interface FramedMemberCommit extends FramedCommit {
  readonly committer: number;
}

/** Checks what surrounds a member's commit: group, epoch, sender, tags, signature (RFC 9420 §6, §12.4.2). */
export function checkCommitFraming(
  group: PublicGroup,
  message: PublicMessage,
  crypto: MlsCrypto,
): Checked<FramedMemberCommit> {
  const framed = checkFraming(group, message);
  if (!framed.ok) return framed;
  const { sender } = message.content;
  if (sender.type !== 'member') return refuse('mls.6-sender');
  const rule =
    checkMembershipTag(group, message) ??
    checkSignature(group, framed.value, signatureKeyOf(group, sender), crypto);
  return rule === undefined ? accept({ ...framed.value, committer: sender.leafIndex }) : refuse(rule);
}

/** The same for one from outside, which the leaf in its path signs (RFC 9420 §12.4.3.2). */
export function checkExternalCommitFraming(
  group: PublicGroup,
  message: PublicMessage,
  crypto: MlsCrypto,
): Checked<FramedCommit> {
  const framed = checkFraming(group, message);
  if (!framed.ok) return framed;
  if (message.content.sender.type !== 'new_member_commit') return refuse('mls.6-sender');
  const { path } = framed.value.commit;
  if (path === undefined) return refuse('mls.12.4.3.2-path');
  const rule = checkSignature(group, framed.value, path.leafNode.signatureKey, crypto);
  return rule === undefined ? framed : refuse(rule);
}

function checkFraming(group: PublicGroup, { content, auth }: PublicMessage): Checked<FramedCommit> {
  if (content.body.type !== 'commit') return refuse('mls.6-content-type');
  const rule = checkMessage(group, content);
  if (rule !== undefined) return refuse(rule);
  const { confirmationTag, signature } = auth;
  if (confirmationTag?.length !== suiteOf(group).hashLength) return refuse('mls.6.1-confirmation-tag');
  const bytes = new FramedBytes(WireFormat.publicMessage, content);
  return accept({ commit: content.body.commit, bytes, signature, confirmationTag });
}

function checkSignature(
  group: PublicGroup,
  { bytes, signature }: FramedCommit,
  key: Uint8Array | undefined,
  crypto: MlsCrypto,
): RuleId | undefined {
  if (key === undefined) return 'mls.6-sender';
  const signed = signContent('FramedContentTBS', bytes.tbs(group.groupContext));
  return crypto.verify(key, signed, signature) ? undefined : 'mls.6.1-signature';
}
