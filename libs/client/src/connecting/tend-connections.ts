import { encode, formatUserId, friendshipKeys, type Outcome } from '@phoenix/wire';
import { deleteGroup, isAdmin } from '../groups/delete-group.js';
import { ENTRANCE } from '../groups/entrance.js';
import { GROUP } from '../groups/group-record.js';
import { leaveGroup } from '../groups/leave-group.js';
import { isPresent } from '../groups/presence.js';
import type { LiveGroup, Session } from '../groups/session.js';
import { enqueueMessage } from '../messages/send-message.js';
import type { OperationRunner } from '../operation-runner.js';
import { CONNECTION, type ConnectionRecord } from './connection-record.js';
import { isOver, othersOf } from './others.js';
import { spreadFriendship } from './rotate-friendship.js';
import { sendOffer } from './send-offer.js';

/**
 * What there is to do for connections without their user, once queue and groups are in order: friendship keys that were rotated are
 * spread, offers without an answer sent again, whoever has joined is given our friendship keys, and what is over is left or deleted. What fails is
 * tried the next time.
 */
export async function tendConnections(operations: OperationRunner, session: Session): Promise<void> {
  await spreadFriendship(operations, session);
  for (const name of await session.work.names(CONNECTION)) {
    const record = await session.work.get(CONNECTION, name);
    if (record !== undefined) await tend(operations, session, name, record);
  }
  await operations.flush(session);
}

/** Of connections that rest nothing but the record of their group is read: restoring all of them with each `receive` would be dear. */
async function tend(
  operations: OperationRunner,
  session: Session,
  name: string,
  connection: ConnectionRecord,
): Promise<void> {
  const record = await session.work.get(GROUP, name);
  if (record === undefined || !isPresent({ record })) return forgetUnlessEntering(session, name);
  const task = taskFor({ record }, connection);
  const live = task && (await session.group(name));
  if (task !== undefined && live !== undefined) await task(operations, session, live, connection);
}

type Task = (
  operations: OperationRunner,
  session: Session,
  live: LiveGroup,
  connection: ConnectionRecord,
) => Promise<void>;

function taskFor(group: Pick<LiveGroup, 'record'>, connection: ConnectionRecord): Task | undefined {
  if (connection.ending === 1) return end;
  if (connection.request !== undefined) return sendAgain;
  if (isOver(group, connection)) return disconnect;
  return connection.greeted === 0 && othersOf(group).length === 1 ? greet : undefined;
}

/** The other has left: what is a group of one is deleted, and the user told. */
async function disconnect(
  operations: OperationRunner,
  session: Session,
  live: LiveGroup,
  record: ConnectionRecord,
): Promise<void> {
  const user = record.peer === undefined ? record.target : formatUserId(record.peer);
  session.work.put(CONNECTION, { ...record, ending: 1 }, live.name);
  await session.keep([{ kind: 'disconnected', user, group: live.name }]);
  await end(operations, session, live);
}

async function forgetUnlessEntering(session: Session, name: string): Promise<void> {
  if ((await session.work.get(ENTRANCE, name)) !== undefined) return;
  session.work.delete(CONNECTION, name);
  await session.save();
}

async function sendAgain(operations: OperationRunner, session: Session, live: LiveGroup): Promise<void> {
  await sendOffer(session, live.name, 'before');
  if ((await session.work.get(CONNECTION, live.name))?.ending === 1) await end(operations, session, live);
}

/** Puts our friendship keys into the outbox, for the one who is there to read them. */
async function greet(
  { account }: OperationRunner,
  session: Session,
  live: LiveGroup,
  record: ConnectionRecord,
): Promise<void> {
  const body = encode(friendshipKeys, account.friendship);
  await enqueueMessage(session, live.name, { kind: 'friendship_keys', body });
  const [other] = othersOf(live);
  const peer = other?.clientId.user;
  session.work.put(CONNECTION, { ...record, peer, met: 1, greeted: 1 }, live.name);
  await session.save();
}

/** Deletes a connection group, or leaves it where the other administers it; it is no connection from then on. */
async function end(operations: OperationRunner, session: Session, live: LiveGroup): Promise<void> {
  const { name } = live;
  const ended: Outcome<void> = isAdmin(live)
    ? await operations.inGroup(session, name, (group) => deleteGroup(session, group), { proposals: 'with' })
    : await operations.inGroup(session, name, (group) => leaveGroup(session, group), {
        proposals: 'unheeded',
      });
  if (!ended.ok && ended.refusal.code === 'UNAVAILABLE') return;
  session.work.delete(CONNECTION, name);
  await session.save();
}
