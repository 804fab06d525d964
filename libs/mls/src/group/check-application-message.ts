import { equal } from '@phoenix/wire';
import type { PrivateMessage } from '../codec/private-message.js';
import type { ReInit } from '../codec/re-init.js';
import { accept, type Checked, refuse } from '../validation/checked.js';

/** Which group and epoch a message is measured against; a delivery service has both at hand without the tree. */
export interface GroupEpoch {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  /** Given by a PublicGroup that a commit has ended. */
  readonly reInit?: ReInit | undefined;
}

/** Whether a PrivateMessage is an application message of this group and epoch; of the rest only members can judge (RFC 9420 §6.3). */
export function checkApplicationMessage(message: PrivateMessage, group: GroupEpoch): Checked<PrivateMessage> {
  if (message.contentType !== 'application') return refuse('mls.6-content-type');
  if (!equal(message.groupId, group.groupId)) return refuse('mls.6-group-id');
  if (message.epoch !== group.epoch) return refuse('mls.6-epoch');
  return group.reInit === undefined ? accept(message) : refuse('mls.12.4.2-reinit');
}
