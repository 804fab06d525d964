import { done, formatUserId, type Outcome, refuse } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { ALIAS } from '../aliases/own-alias.js';
import { CONTACT } from '../contacts/contact.js';
import { createGroup } from '../groups/create-group.js';
import { isPresent } from '../groups/presence.js';
import type { Session } from '../groups/session.js';
import { CONNECTION, type ConnectionRecord } from './connection-record.js';
import { offerRequest, sealOffer } from './seal-offer.js';
import { isOver, othersOf } from './others.js';
import { type TakenPackage, takePackage } from './take-package.js';
import type { Target } from './target.js';

/** A connection that we ask for, by the name of its group. */
export interface AskedConnection {
  readonly group: string;
  readonly record: ConnectionRecord;
}

/** The connection that we have asked this target for and are still in. */
export async function connectionWith(
  session: Session,
  { written }: Target,
): Promise<AskedConnection | undefined> {
  for (const group of await session.work.names(CONNECTION)) {
    const record = await session.work.get(CONNECTION, group);
    if (record?.target !== written || record.ending === 1) continue;
    const live = await session.group(group);
    if (live !== undefined && isPresent(live) && !isOver(live, record)) return { group, record };
  }
  return undefined;
}

/**
 * Takes a package of the target, makes an open group for us two, and puts the offer of it into the work: saved in one batch with the
 * group, before it is sent. The group's name. Refuses with FORBIDDEN for ourselves, with ALREADY_EXISTS for whom we are connected with.
 */
export async function prepareOffer(
  session: Session,
  account: Account,
  target: Target,
): Promise<Outcome<string>> {
  const { context, work } = session;
  const isSelf =
    target.kind === 'user'
      ? target.written === formatUserId(account.credential.payload.clientId.user)
      : (await work.get(ALIAS, target.alias)) !== undefined;
  if (isSelf) return refuse('FORBIDDEN', { rule: 'client.connect.self' });
  if (await isConnected(session, target)) return refuse('ALREADY_EXISTS', { rule: 'client.contact.new' });
  const taken = await takePackage(session, target);
  if (!taken.ok) return taken;
  const expected = target.kind === 'user' ? target.user : undefined;
  const created = await createGroup(session, account, { expected }, ({ name, record }) => {
    const offer = sealOffer(context.crypto, account, taken.value, record);
    work.put(CONNECTION, asked(target, taken.value, offer), name);
  });
  return created.ok ? done(created.value.name) : created;
}

function asked(target: Target, taken: TakenPackage, offer: Uint8Array): ConnectionRecord {
  return {
    role: 'initiator',
    target: target.written,
    peer: target.kind === 'user' ? target.user : undefined,
    credentialKey: taken.owner?.payload.publicKey,
    request: offerRequest(target, taken, offer),
    met: 0,
    greeted: 0,
    ending: 0,
  };
}

/** Whether the target is a contact whose connection group we are in: with one by card there may be a group to come. */
async function isConnected(session: Session, { written }: Target): Promise<boolean> {
  const contact = await session.work.get(CONTACT, written);
  if (contact?.group === undefined) return false;
  const live = await session.group(contact.group);
  if (live === undefined || !isPresent(live)) return false;
  return othersOf(live).some(({ clientId }) => formatUserId(clientId.user) === written);
}
