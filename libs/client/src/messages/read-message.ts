import {
  clientId,
  concat,
  decode,
  encode,
  equal,
  formatUserId,
  type PhoenixContent,
  phoenixContent,
  tryDecode,
  unpad,
} from '@phoenix/wire';
import { takeFriendshipKeys } from '../connecting/take-friendship-keys.js';
import { takeKeySuccession } from '../credentials/take-key-succession.js';
import type { MemberRecord } from '../groups/group-record.js';
import type { LiveGroup, Session } from '../groups/session.js';
import { loseSync } from '../groups/take-commit.js';
import type { ClientEvent } from './client-event.js';
import { takeProfileKey } from './take-profile-key.js';

/** How many messages of a group are remembered, so that one that was sent again is not read again. */
const REMEMBERED = 512;

/**
 * Reads an application message (MLSMessage): who sent it, by the leaf that was verified when it entered, and what it says. A
 * message sent again, in another epoch and so under another encryption, is known by its sender and content id. One from an epoch that we
 * have not come to leaves us out of sync.
 */
export async function readMessage(
  session: Session,
  live: LiveGroup,
  message: Uint8Array,
  timestamp: bigint,
): Promise<ClientEvent[]> {
  const group = live.name;
  const read = await live.mls.decrypt(message);
  session.touch(live);
  if (read.kind === 'repeated') return [];
  if (read.kind === 'future') loseSync(session, live);
  if (read.kind !== 'message') return [{ kind: 'unreadable', group, reason: read.kind }];
  const sender = live.record.members.find(({ signatureKey }) =>
    equal(signatureKey, read.sender.signatureKey),
  );
  const content = tryDecode(() => decode(phoenixContent, unpad(read.content)));
  if (sender === undefined || content === undefined)
    return [{ kind: 'unreadable', group, reason: 'content' }];
  if (!isNew(session, live, sender, content)) return [];
  if (content.kind === 'profile_key') return takeProfileKey(session, live, sender, content.body);
  if (content.kind === 'friendship_keys') return takeFriendshipKeys(session, live, sender, content.body);
  if (content.kind === 'key_succession') return takeKeySuccession(session, live, sender, content.body);
  const { id, body } = content;
  return [
    { kind: 'message', group, sender: formatUserId(sender.clientId.user), id, body, sentAt: timestamp },
  ];
}

function isNew(session: Session, live: LiveGroup, sender: MemberRecord, { id }: PhoenixContent): boolean {
  const digest = session.context.crypto.sha256(concat(encode(clientId, sender.clientId), id));
  const { read } = live.record;
  if (read.some((known) => equal(known, digest))) return false;
  session.touch(live, { read: [...read, digest].slice(-REMEMBERED) });
  return true;
}
