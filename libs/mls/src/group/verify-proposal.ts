import { equal } from '@phoenix/wire';
import { FramedBytes } from '../codec/framed-bytes.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { Proposal } from '../codec/proposal.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { Sender } from '../codec/sender.js';
import { WireFormat } from '../codec/wire-format.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { proposalRef } from '../crypto/ref-hash.js';
import { signContent } from '../crypto/sign-content.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import { checkLeafContent, checkLeafSignature } from '../validation/check-leaf-node.js';
import type { RuleId } from '../validation/rules.js';
import { verifyKeyPackage } from '../validation/verify-key-package.js';
import { checkMembershipTag, checkMessage, signatureKeyOf } from './check-message.js';
import { checkProposal } from './check-proposal.js';
import type { PublicGroup } from './public-group.js';
import type { StoredProposal } from './stored-proposal.js';
import { suiteOf } from './suite-of.js';

/** What a proposal is checked against, besides the group. */
export interface ProposalContext {
  /** Speaks the group's cipher suite. */
  readonly crypto: MlsCrypto;
  /** Seconds since 1970, for the lifetime of a KeyPackage that is proposed. */
  readonly now: number;
}

const FROM_OUTSIDE: readonly Proposal['type'][] = [
  'add',
  'remove',
  'psk',
  'reinit',
  'group_context_extensions',
];

/**
 * Checks a proposal that was sent by itself, by a member, an external sender or a new member (RFC 9420 §12.1, §12.1.8).
 * Whether it fits beside others shows only in a commit: hand it to `processCommit` among its `proposals`.
 */
export function verifyProposal(
  group: PublicGroup,
  message: PublicMessage,
  { crypto, now }: ProposalContext,
): Checked<StoredProposal> {
  const { content, auth } = message;
  const { body, sender, epoch, authenticatedData } = content;
  if (body.type !== 'proposal') return refuse('mls.6-content-type');
  const { proposal } = body;
  const unfit = checkMessage(group, content) ?? checkSender(group, message, proposal);
  if (unfit !== undefined) return refuse(unfit);
  const bytes = new FramedBytes(WireFormat.publicMessage, content);
  const rule =
    checkSignature(group, sender, proposal, bytes, auth.signature, crypto) ??
    checkContent(group, sender, proposal, { crypto, now });
  if (rule !== undefined) return refuse(rule);
  const ref = proposalRef(crypto, bytes.authenticated(auth));
  return accept({ ref, epoch, sender, authenticatedData, proposal } as StoredProposal);
}

/** Whether this sender may propose this at all (RFC 9420 §6.1, §12.1.6, §12.1.8). */
function checkSender(group: PublicGroup, message: PublicMessage, proposal: Proposal): RuleId | undefined {
  const { type } = message.content.sender;
  if (type === 'new_member_commit') return 'mls.6-sender';
  if (type === 'new_member_proposal')
    return proposal.type === 'add' ? undefined : 'mls.12.1.8-new-member-type';
  if (type === 'external')
    return FROM_OUTSIDE.includes(proposal.type) ? undefined : 'mls.12.1.8-external-type';
  if (proposal.type === 'external_init') return 'mls.12.2-external-init';
  return checkMembershipTag(group, message);
}

function checkSignature(
  group: PublicGroup,
  sender: Sender,
  proposal: Proposal,
  bytes: FramedBytes,
  signature: Uint8Array,
  crypto: MlsCrypto,
): RuleId | undefined {
  const isNew = sender.type === 'new_member_proposal' && proposal.type === 'add';
  const isKnown = sender.type === 'member' || sender.type === 'external';
  const key = isNew
    ? proposal.keyPackage.leafNode.signatureKey
    : isKnown
      ? signatureKeyOf(group, sender)
      : undefined;
  if (key === undefined) return sender.type === 'external' ? 'mls.6-external-sender' : 'mls.6-sender';
  const signed = signContent('FramedContentTBS', bytes.tbs(group.groupContext));
  return crypto.verify(key, signed, signature) ? undefined : 'mls.6.1-signature';
}

function checkContent(
  group: PublicGroup,
  sender: Sender,
  proposal: Proposal,
  { crypto, now }: ProposalContext,
): RuleId | undefined {
  if (proposal.type === 'add') {
    const checked = verifyKeyPackage(proposal.keyPackage, { crypto, cipherSuite: group.cipherSuite, now });
    return checked.ok ? undefined : checked.rule;
  }
  if (proposal.type !== 'update') return checkProposal(group, proposal);
  // Only members may propose an Update: `checkSender`.
  return sender.type === 'member'
    ? checkUpdate(group, sender.leafIndex, proposal.leafNode, crypto)
    : 'mls.6-sender';
}

/** An Update's leaf by itself: whether it fits beside the others shows when it is committed (RFC 9420 §7.3, §12.3). */
function checkUpdate(
  group: PublicGroup,
  leafIndex: number,
  leaf: LeafNode,
  crypto: MlsCrypto,
): RuleId | undefined {
  const before = group.leaf(leafIndex);
  if (leaf.source.type !== 'update') return 'mls.7.3-source';
  if (before !== undefined && equal(leaf.encryptionKey, before.encryptionKey)) return 'mls.7.3-update-key';
  return (
    checkLeafContent(leaf, suiteOf(group)) ??
    checkLeafSignature(crypto, leaf, { groupId: group.groupId, leafIndex })
  );
}
