import {
  decode,
  done,
  equal,
  type ErrorCode,
  keySuccession,
  leafValidity,
  liesWithin,
  type Outcome,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { FORMER_KEY } from '../account/former-keys.js';
import { hex } from '../credentials/fingerprint.js';
import { enqueueMessage, transmit } from '../messages/send-message.js';
import { OUTBOX } from '../messages/outbox.js';
import type { GroupRecord, MemberRecord } from './group-record.js';
import { commitPending } from './pending-removals.js';
import type { LiveGroup, Session } from './session.js';

/** After these a succession may be on its way, and stays in the outbox: said twice it is heard once. */
const MAY_HAVE_HAPPENED: readonly ErrorCode[] = ['UNAVAILABLE', 'INTERNAL'];

/** Ourselves as the members have us. */
export function ownMember({
  members,
  leaf,
}: Pick<GroupRecord, 'members' | 'leaf'>): MemberRecord | undefined {
  return members.find(({ leftIn, pseudonym }) => leftIn === undefined && equal(pseudonym, leaf.pseudonym));
}

/**
 * Whether our leaf is under a key that we have replaced. Where whom we offered a connection has yet to come it stays so: our offer names
 * that key.
 */
export function isUnderFormerKey(record: GroupRecord, { credential }: Account): boolean {
  const own = ownMember(record);
  return (
    own !== undefined && record.open === undefined && !equal(own.credentialKey, credential.payload.publicKey)
  );
}

/** Says to a group which key follows ours, in the present epoch. */
export async function saySuccession(
  session: Session,
  live: LiveGroup,
  succession: Uint8Array,
): Promise<Outcome<void>> {
  const name = await enqueueMessage(session, live.name, { kind: 'key_succession', body: succession });
  const said = await transmit(session, live, name);
  if (!said.ok && !MAY_HAVE_HAPPENED.includes(said.refusal.code)) session.work.delete(OUTBOX, name);
  return said;
}

/**
 * Says to a group, step by step, how our leaf's key became our present one. The commit that replaces the leaf is of the same epoch, so
 * whoever has to follow it has heard of it (docs/protocol §3).
 */
export async function handOver(session: Session, live: LiveGroup, account: Account): Promise<Outcome<void>> {
  if (!isUnderFormerKey(live.record, account)) return done();
  // Nobody says anything while something is proposed (RFC 9420 §12.4).
  const ready = live.mls.pendingProposals().length > 0 ? await commitPending(session, live) : done();
  if (!ready.ok) return ready;
  for (let key = ownMember(live.record)?.credentialKey; key !== undefined;) {
    const step = await session.work.get(FORMER_KEY, hex(key));
    if (step === undefined) break;
    const said = await saySuccession(session, live, step.succession);
    if (!said.ok) return said;
    key = decode(keySuccession, step.succession).nextKey;
  }
  return done();
}

/**
 * Our account as a group knows us: under the key of our leaf there, for as long as a leaf can be under its credential. Who comes back from
 * outside can tell nobody of a succession before.
 */
export async function asKnownTo(
  { work, context }: Session,
  { record }: LiveGroup,
  account: Account,
): Promise<Account> {
  const key = isUnderFormerKey(record, account) ? ownMember(record)?.credentialKey : undefined;
  const former = key && (await work.get(FORMER_KEY, hex(key)));
  if (former === undefined) return account;
  const { credential, credentialKey } = former;
  const lasts = liesWithin(leafValidity(context.clock.now()), credential.payload.expiration);
  return lasts ? { ...account, credential, credentialKey } : account;
}
