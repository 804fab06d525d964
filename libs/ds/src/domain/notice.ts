import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type Codec,
  DecodeError,
  domain,
  encode,
  fixed,
  type GroupId,
  groupId,
  LABELS,
  struct,
} from '@phoenix/wire';
import type { DeletedQueue } from './fan-out.js';
import { read } from './read.js';

/** Of the content: digest, length and the longest domain there is. */
const CONTENT_LENGTH = 32 + 2 + 253;

/** Of a notice as it is stored: a Sealed with its two vector lengths, the KEM output and the tag. */
export const NOTICE_LENGTH = 1 + 32 + 2 + CONTENT_LENGTH + 16;

const notice = struct({ digest: fixed(32), domain });

/** `{ digest[32]; opaque domain<V>; zeros }`, all of one size: how long a domain is must not show. */
const padded: Codec<DeletedQueue> = {
  write(writer, value) {
    const content = encode(notice, value);
    writer.bytes(content).bytes(new Uint8Array(CONTENT_LENGTH - content.length));
  },
  read(reader) {
    const value = notice.read(reader);
    if (reader.fixed(reader.remaining).some((byte) => byte !== 0)) throw new DecodeError('invalid-value');
    return value;
  },
};

const NOTHING = new Uint8Array(CONTENT_LENGTH);

/**
 * What fills a slot of a group's notices: a report of a deleted queue, or nothing, both sealed to the group's notice key
 * and bound to the group (docs/protocol §7). Only who holds the private half can tell which.
 */
export function sealNotice(
  crypto: PhoenixCrypto,
  noticeKey: Uint8Array,
  group: GroupId,
  queue?: DeletedQueue,
): Uint8Array {
  const content = queue === undefined ? NOTHING : encode(padded, queue);
  return crypto.sealWithLabel(noticeKey, LABELS.notice, encode(groupId, group), content);
}

/** The report in a slot; undefined for one that holds nothing, and for what nobody sealed to this group. */
export function openNotice(
  crypto: PhoenixCrypto,
  privateKey: Uint8Array,
  group: GroupId,
  sealed: Uint8Array,
): DeletedQueue | undefined {
  const content = crypto.openWithLabel(privateKey, LABELS.notice, encode(groupId, group), sealed);
  return content && read(padded, content);
}
