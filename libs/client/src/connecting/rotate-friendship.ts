import { done, encode, equal, formatUuid, type Outcome, refuse, struct, userId } from '@phoenix/wire';
import { ACCOUNT } from '../account/account.js';
import { recordOwnerKey } from '../account/request-keys.js';
import { CONTACT } from '../contacts/contact.js';
import type { Session } from '../groups/session.js';
import type { OperationRunner } from '../operation-runner.js';
import { publishAddPackages } from '../packages/publish-add-packages.js';
import { nextProfileKey } from '../profiles/own-profile.js';
import { updateUserRecord } from '../services/qs-operations.js';
import { recordKind } from '../store/record-kind.js';
import { CONNECTION } from './connection-record.js';

const ONE_TIME_PACKAGES = 20;

/** There while our friendship keys are others than the services and our contacts have. */
const ROTATION = recordKind('friendship-rotation', struct({}));

/**
 * Forgets a contact and draws our friendship keys anew, in one batch, with the end of the connections with it: what it has of us opens
 * nothing from then on. `spreadFriendship` does the rest, however often it is interrupted. Refuses with NOT_FOUND (docs/protocol §3).
 */
export async function dropContact(
  operations: OperationRunner,
  session: Session,
  user: string,
): Promise<Outcome<void>> {
  const { work, context } = session;
  const contact = await work.get(CONTACT, user);
  if (contact === undefined) return refuse('NOT_FOUND', { rule: 'client.contact.known' });
  const { random } = context.crypto;
  const friendship = {
    ...operations.account.friendship,
    friendshipToken: random.bytes(32),
    addPackageKey: random.bytes(32),
    attributionKey: random.bytes(32),
  };
  const account = { ...operations.account, friendship };
  const removed = encode(userId, contact.userId);
  for (const name of await work.names(CONNECTION)) {
    const record = await work.get(CONNECTION, name);
    const isWith = record?.peer !== undefined && equal(encode(userId, record.peer), removed);
    if (isWith || (record && name === contact.group)) work.put(CONNECTION, { ...record, ending: 1 }, name);
  }
  work.delete(CONTACT, user);
  work.put(ACCOUNT, account);
  work.put(ROTATION, {});
  await session.save();
  operations.account = account;
  return done();
}

/** Brings rotated friendship keys to the QS, to our packages and profile, and has every contact that stays greeted with them again. */
export async function spreadFriendship(operations: OperationRunner, session: Session): Promise<void> {
  const { work, context } = session;
  if ((await work.get(ROTATION)) === undefined) return;
  const { qsUser, friendship } = operations.account;
  const input = { userId: formatUuid(qsUser.id), friendshipToken: friendship.friendshipToken };
  const updated = await context.qs.call(updateUserRecord, input, recordOwnerKey('qs-user', qsUser));
  if (!updated.ok) return;
  const published = await publishAddPackages(context, operations.account, ONE_TIME_PACKAGES);
  if (!published.ok) return;
  const profile = await nextProfileKey(session, operations.account);
  if (!profile.ok) return;
  operations.account = profile.value;
  for (const name of await work.names(CONNECTION)) {
    const record = await work.get(CONNECTION, name);
    if (record !== undefined) work.put(CONNECTION, { ...record, greeted: 0 }, name);
  }
  work.delete(ROTATION);
  await session.save();
}
