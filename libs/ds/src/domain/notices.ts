import type { PhoenixCrypto, Random } from '@phoenix/crypto';
import { concat, equal, type GroupId } from '@phoenix/wire';
import type { DeletedQueue } from './fan-out.js';
import { NOTICE_LENGTH, openNotice, sealNotice } from './notice.js';

/** How many notices a group keeps. Beyond, a new one takes an older one's place; it is reported again by the next message. */
export const NOTICE_SLOTS = 8;

/** A new group's notices, and what they are sealed to. */
export interface NewNotices {
  /** X25519; it stands in the row. */
  readonly publicKey: Uint8Array;
  /** It stands in the tree section. */
  readonly privateKey: Uint8Array;
  /** `NOTICE_SLOTS` notices that say nothing: a row looks the same whatever was ever reported for it. */
  readonly column: Uint8Array;
}

export function newNotices(crypto: PhoenixCrypto, group: GroupId): NewNotices {
  const { publicKey, privateKey } = crypto.hpke.generateKeyPair();
  const slots = Array.from({ length: NOTICE_SLOTS }, () => sealNotice(crypto, publicKey, group));
  return { publicKey, privateKey, column: concat(...slots) };
}

/** Different slots of a column, so many or all there are, drawn at random: neither number nor order of reports shows. */
export function drawSlots(random: Random, count: number): number[] {
  const slots = Array.from({ length: NOTICE_SLOTS }, (_, slot) => ({ slot, at: random.bytes(8) }));
  slots.sort((a, b) => Buffer.compare(a.at, b.at));
  return slots.slice(0, count).map(({ slot }) => slot);
}

/** Where a group's notices are read from. */
export interface NoticeReading {
  readonly group: GroupId;
  readonly privateKey: Uint8Array;
  /** The column as it is stored. */
  readonly column: Uint8Array;
  /** SHA-256 of the column as it was last read. */
  readonly noticesRead: Uint8Array;
}

/** What was reported, and what to keep as `noticesRead` from then on. */
export interface NoticesRead {
  readonly queues: readonly DeletedQueue[];
  readonly noticesRead: Uint8Array;
}

/**
 * The queues reported deleted; none while the column is as it was last read, which costs one hash. In a column that has
 * changed reports are found again that were found before: whoever acts on them looks for the leaf that still has that config.
 */
export function deletedQueues(
  crypto: PhoenixCrypto,
  { group, privateKey, column, noticesRead }: NoticeReading,
): NoticesRead {
  const digest = crypto.sha256(column);
  if (equal(digest, noticesRead)) return { queues: [], noticesRead };
  const queues: DeletedQueue[] = [];
  for (let start = 0; start < column.length; start += NOTICE_LENGTH) {
    const queue = openNotice(crypto, privateKey, group, column.subarray(start, start + NOTICE_LENGTH));
    if (queue !== undefined) queues.push(queue);
  }
  return { queues, noticesRead: digest };
}
