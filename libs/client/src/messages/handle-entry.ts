import { mlsMessageCodec } from '@phoenix/mls';
import {
  decode,
  done,
  type ErrorCode,
  type Outcome,
  type QueueEntryContent,
  tryDecode,
  welcomeBundle,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { nameOfMlsGroup } from '../groups/group-name.js';
import { joinGroup } from '../groups/join-group.js';
import type { LiveGroup, Session } from '../groups/session.js';
import { takeCommit } from '../groups/take-commit.js';
import type { ClientEvent } from './client-event.js';
import { readMessage } from './read-message.js';

/** These pass by themselves: the entry is tried again later. Anything else would block the queue for good. */
const PASSING: readonly ErrorCode[] = ['UNAVAILABLE', 'REQUEST_EXPIRED'];

/**
 * What a queue entry comes to. Refuses only with what passes by itself, and then nothing has changed. Entries for groups that
 * we are not in, or no longer, come to nothing.
 */
export async function handleEntry(
  session: Session,
  account: Account,
  { type, timestamp, payload }: QueueEntryContent,
): Promise<Outcome<ClientEvent[]>> {
  switch (type) {
    case 'application': {
      const live = await groupOf(session, payload);
      return done(live === undefined ? [] : await readMessage(session, live, payload, timestamp));
    }
    case 'commit': {
      const live = await groupOf(session, payload);
      if (live === undefined) return done([]);
      session.touch(live);
      const acceptedAt = Number(timestamp);
      return takeCommit(session, live, () => live.mls.processCommit(payload, acceptedAt), acceptedAt);
    }
    case 'welcome_bundle':
      return acceptInvitation(session, account, payload);
    case 'gap':
      return done([{ kind: 'gap', since: timestamp }]);
    case 'proposal':
    case 'connection_offer':
      return done([]);
  }
}

/** The active group that an MLSMessage is for. */
async function groupOf(session: Session, payload: Uint8Array): Promise<LiveGroup | undefined> {
  const message = tryDecode(() => decode(mlsMessageCodec, payload));
  if (message?.type !== 'privateMessage' && message?.type !== 'publicMessage') return undefined;
  const { groupId } =
    message.type === 'privateMessage' ? message.privateMessage : message.publicMessage.content;
  const name = nameOfMlsGroup(groupId);
  const live = name === undefined ? undefined : await session.group(name);
  return live?.record.status === 'active' ? live : undefined;
}

async function acceptInvitation(
  session: Session,
  account: Account,
  payload: Uint8Array,
): Promise<Outcome<ClientEvent[]>> {
  const bundle = tryDecode(() => decode(welcomeBundle, payload));
  if (bundle === undefined) return done([{ kind: 'invitation-refused', rule: 'client.welcome.decode' }]);
  const joined = await joinGroup(session, account, bundle);
  if (joined.ok || PASSING.includes(joined.refusal.code)) return joined;
  const { code, rule } = joined.refusal;
  return done(code === 'ALREADY_EXISTS' ? [] : [{ kind: 'invitation-refused', rule: rule ?? code }]);
}
