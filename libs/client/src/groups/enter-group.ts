import { done, equal, type ErrorCode, formatUserId, type Outcome } from '@phoenix/wire';
import { greetOnReturn } from '../connecting/greet-again.js';
import type { ClientEvent } from '../messages/client-event.js';
import { remember } from '../contacts/known-keys.js';
import { joinConnectionGroup, resyncClient } from '../services/ds-operations.js';
import type { RequestKey } from '../transport/request-signer.js';
import { ENTRANCE, type Entrance } from './entrance.js';
import type { MemberRecord } from './group-record.js';
import type { Session } from './session.js';
import { MOVED_ON } from './settle.js';

/** After these the external commit may be the group's: the queue tells, or the same request sent again. */
const UNTOLD: readonly ErrorCode[] = ['UNAVAILABLE', 'INTERNAL', ...MOVED_ON];

/**
 * Sends the external commit that waits for the DS's answer, if there is one, and takes its group as ours once it is taken. True
 * when we have entered. It stays where the answer does not tell: none, or that the group has moved on, be it by another commit or by ours
 * and one on top.
 */
export async function settleEntrance(session: Session, name: string): Promise<Outcome<boolean>> {
  const waiting = await session.work.get(ENTRANCE, name);
  if (waiting === undefined) return done(false);
  const operation = waiting.isReturn === 1 ? resyncClient : joinConnectionGroup;
  const answer = await session.context.ds.send(operation, waiting.body, signerOf(waiting));
  if (answer.ok) {
    const events = await enter(session, name, waiting);
    await session.keep(events);
    return done(true);
  }
  if (!UNTOLD.includes(answer.refusal.code)) await giveUpEntrance(session, name);
  return answer;
}

/** Another commit was first. */
export async function giveUpEntrance(session: Session, name: string): Promise<void> {
  session.work.delete(ENTRANCE, name);
  await session.save();
}

/** What a commit from the queue comes to that may be our own external one; undefined when it is another. */
export async function enterByEcho(
  session: Session,
  name: string,
  commit: Uint8Array,
): Promise<ClientEvent[] | undefined> {
  const waiting = await session.work.get(ENTRANCE, name);
  if (waiting === undefined || !equal(waiting.commit, commit)) return undefined;
  return enter(session, name, waiting);
}

/** The group as it is from the external commit on, in place of what we had of it. */
async function enter(session: Session, name: string, { record, isReturn }: Entrance): Promise<ClientEvent[]> {
  const { context, work } = session;
  const before = (await session.group(name))?.record;
  const mls = await context.engine.restoreGroup(record.mls);
  const read = before?.read ?? [];
  for (const { clientId, credentialKey } of record.members) await remember(work, clientId, credentialKey);
  session.adopt({ name, record: { ...record, read }, mls });
  work.delete(ENTRANCE, name);
  if (isReturn === 0) {
    const [host] = record.members;
    return [{ kind: 'joined', group: name, inviter: formatUserId(host!.clientId.user) }];
  }
  await greetOnReturn(work, name);
  return [{ kind: 'resynced', group: name }, ...whoChanged(name, before?.members ?? [], record.members)];
}

function whoChanged(
  group: string,
  before: readonly MemberRecord[],
  after: readonly MemberRecord[],
): ClientEvent[] {
  const [then, now] = [usersOf(before), usersOf(after)];
  const added = now.filter((user) => !then.includes(user));
  const removed = then.filter((user) => !now.includes(user));
  return added.length + removed.length === 0 ? [] : [{ kind: 'members', group, added, removed }];
}

function usersOf(members: readonly MemberRecord[]): string[] {
  const present = members.filter(({ leftIn }) => leftIn === undefined);
  return [...new Set(present.map(({ clientId }) => formatUserId(clientId.user)))];
}

function signerOf({ signer }: Entrance): RequestKey | undefined {
  return signer && { keyId: { kind: 'leaf', name: String(signer.leaf) }, privateKey: signer.privateKey };
}
