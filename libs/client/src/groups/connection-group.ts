import {
  clientId,
  type CodecValue,
  decode,
  done,
  encode,
  equal,
  groupId,
  groupKeys,
  type Outcome,
  parseUserId,
  refuse,
  struct,
  tryDecode,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { dsVerifyingKey } from '../services/ds-operations.js';
import { createGroup } from './create-group.js';
import { settleEntrance } from './enter-group.js';
import { ENTRANCE } from './entrance.js';
import { ask } from './external-info.js';
import { formatGroupName } from './group-name.js';
import { invalidGroup } from './group-rule.js';
import { makeEntrance } from './make-entrance.js';
import { isPresent } from './presence.js';
import type { Session } from './session.js';

/** What lets one other client into an open group: which, its keys, and who is in it. Whoever has it may join: it is a secret. */
export const groupOffer = struct({ groupId, keys: groupKeys, from: clientId });
export type GroupOffer = CodecValue<typeof groupOffer>;

/**
 * Creates a group for two, which one other may join by itself: `expected`, where that is said, or whoever comes with the offer.
 * Refuses with BAD_REQUEST when `expected` is no user id.
 */
export async function createConnectionGroup(
  session: Session,
  account: Account,
  expected?: string,
): Promise<Outcome<{ group: string; offer: Uint8Array }>> {
  const user = expected === undefined ? undefined : parseUserId(expected);
  if (expected !== undefined && user === undefined) return refuse('BAD_REQUEST', { rule: 'client.user' });
  const created = await createGroup(session, account, { expected: user });
  if (!created.ok) return created;
  const { id, keys } = created.value.record;
  const from = account.credential.payload.clientId;
  return done({ group: created.value.name, offer: encode(groupOffer, { groupId: id, keys, from }) });
}

/** Joins the group of an offer, as `joinByOffer` does. Refuses with BAD_REQUEST what is none. */
export async function joinConnectionGroup(
  session: Session,
  account: Account,
  offer: Uint8Array,
): Promise<Outcome<string>> {
  const read = tryDecode(() => decode(groupOffer, offer));
  return read === undefined
    ? refuse('BAD_REQUEST', { rule: 'client.offer.decode' })
    : joinByOffer(session, account, read);
}

/**
 * Joins a group that was offered to us, by an external commit: the one member must be who offered it, and is verified as on any joining.
 * The commit is saved before it is sent: where no answer comes, the next `receive` goes on. The group's name.
 */
export async function joinByOffer(
  session: Session,
  account: Account,
  { groupId: id, keys, from }: GroupOffer,
): Promise<Outcome<string>> {
  const name = formatGroupName(id);
  // Until there is federation our own DS is the only one that we speak to.
  if (id.domain !== session.context.domain) return refuse('NOT_FOUND', { rule: 'client.group.domain' });
  const known = await session.group(name);
  if (known !== undefined && isPresent(known)) return refuse('ALREADY_EXISTS', { rule: 'client.group.new' });
  if ((await session.work.get(ENTRANCE, name)) === undefined) {
    const made = await makeJoin(session, account, { groupId: id, keys, from });
    if (!made.ok) return made;
  }
  const entered = await settleEntrance(session, name);
  return entered.ok ? done(name) : entered;
}

async function makeJoin(
  session: Session,
  account: Account,
  { groupId: id, keys, from }: GroupOffer,
): Promise<Outcome<void>> {
  const dsKey = await session.context.ds.call(dsVerifyingKey);
  if (!dsKey.ok) return dsKey;
  const told = await ask(session, { id, keys });
  if (!told.ok) return told;
  const entering = { id, keys, back: undefined, externalSender: dsKey.value };
  const made = await makeEntrance(session, account, entering, told.value);
  if (!made.ok) return made;
  const [host, self, ...more] = made.value.record.members;
  const isHost = host !== undefined && equal(encode(clientId, host.clientId), encode(clientId, from));
  if (!isHost || self === undefined || more.length > 0) return invalidGroup('client.offer.member');
  session.work.put(ENTRANCE, made.value, formatGroupName(id));
  await session.save();
  return done();
}
