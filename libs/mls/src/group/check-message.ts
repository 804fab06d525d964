import { equal } from '@phoenix/wire';
import type { FramedContent } from '../codec/framed-content.js';
import { extensionValue } from '../codec/extension-value.js';
import { ExtensionType } from '../codec/extension.js';
import { externalSendersCodec } from '../codec/external-sender.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { Sender } from '../codec/sender.js';
import type { RuleId } from '../validation/rules.js';
import type { PublicGroup } from './public-group.js';
import { suiteOf } from './suite-of.js';

/** Whether a handshake message is for this group as it is now (RFC 9420 §6). */
export function checkMessage(group: PublicGroup, content: FramedContent): RuleId | undefined {
  if (!equal(content.groupId, group.groupId)) return 'mls.6-group-id';
  if (content.epoch !== group.epoch) return 'mls.6-epoch';
  return group.reInit === undefined ? undefined : 'mls.12.4.2-reinit';
}

/** Of a membership tag an observer sees that it is there, and its length (RFC 9420 §6.2). */
export function checkMembershipTag(group: PublicGroup, message: PublicMessage): RuleId | undefined {
  const isThere = message.membershipTag?.length === suiteOf(group).hashLength;
  return isThere ? undefined : 'mls.6.2-membership-tag';
}

/** The signature key of a member, or of a sender that the group's external_senders lists (RFC 9420 §6.1). */
export function signatureKeyOf(
  group: PublicGroup,
  sender: Extract<Sender, { type: 'member' | 'external' }>,
): Uint8Array | undefined {
  if (sender.type === 'member') return group.leaf(sender.leafIndex)?.signatureKey;
  const { extensions } = group.groupContext;
  const senders = extensionValue(extensions, ExtensionType.externalSenders, externalSendersCodec);
  return senders.state === 'value' ? senders.value[sender.senderIndex]?.signatureKey : undefined;
}
