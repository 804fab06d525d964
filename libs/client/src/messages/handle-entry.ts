import {
  decode,
  done,
  equal,
  type ErrorCode,
  type Outcome,
  type QueueEntryContent,
  tryDecode,
  welcomeBundle,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { enterByEcho } from '../groups/enter-group.js';
import { joinGroup } from '../groups/join-group.js';
import { isPresent } from '../groups/presence.js';
import type { LiveGroup, Session } from '../groups/session.js';
import { isDeleting } from '../groups/settle.js';
import { loseSync, takeCommit } from '../groups/take-commit.js';
import { type Address, readAddress } from './address.js';
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
      const live = await addressee(session, readAddress(payload));
      return done(live === undefined ? [] : await readMessage(session, live, payload, timestamp));
    }
    case 'commit':
      return handleCommit(session, payload, Number(timestamp));
    case 'proposal':
      return done(await handleProposal(session, payload, Number(timestamp)));
    case 'welcome_bundle':
      return acceptInvitation(session, account, payload);
    case 'gap':
      return done([{ kind: 'gap', since: timestamp }]);
    case 'connection_offer':
      return done([]);
  }
}

async function handleCommit(
  session: Session,
  payload: Uint8Array,
  acceptedAt: number,
): Promise<Outcome<ClientEvent[]>> {
  const address = readAddress(payload);
  if (address === undefined) return done([]);
  const entered = await enterByEcho(session, address.group, payload);
  if (entered !== undefined) return done(entered);
  const live = await addressee(session, address);
  // A group that we delete is gone when the DS says so.
  if (live === undefined || isOwnDeletion(live, payload)) return done([]);
  session.touch(live);
  return takeCommit(session, live, () => live.mls.processCommit(payload, acceptedAt), {
    acceptedAt,
    ...(address.sender === undefined ? {} : { sender: address.sender }),
  });
}

async function handleProposal(
  session: Session,
  payload: Uint8Array,
  acceptedAt: number,
): Promise<ClientEvent[]> {
  const live = await addressee(session, readAddress(payload));
  if (live === undefined) return [];
  session.touch(live);
  const taken = await live.mls.processProposal(payload, acceptedAt);
  if (taken === 'future') loseSync(session, live);
  return taken === 'refused' ? [{ kind: 'unreadable', group: live.name, reason: 'proposal' }] : [];
}

function isOwnDeletion(live: LiveGroup, payload: Uint8Array): boolean {
  const own = live.mls.pendingCommit;
  return isDeleting(live) && own !== undefined && equal(own.commit, payload);
}

/** The group that an entry is for, when we are in it as far as we know. */
async function addressee(session: Session, address: Address | undefined): Promise<LiveGroup | undefined> {
  const live = address && (await session.group(address.group));
  return live && isPresent(live) ? live : undefined;
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
