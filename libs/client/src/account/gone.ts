import { done, encode, type Outcome, struct } from '@phoenix/wire';
import type { ClientContext } from '../client-context.js';
import { clientKey } from '../credentials/client-key.js';
import { hex } from '../credentials/fingerprint.js';
import { keepNotices, type ReceivedEvent, unconfirmed } from '../messages/inbox.js';
import { renewClientCredential } from '../services/as-operations.js';
import type { ClientStore } from '../store/client-store.js';
import { recordKind } from '../store/record-kind.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import { ACCOUNT, type Account, qsIdentity } from './account.js';
import { NEXT_KEY } from './former-keys.js';

/** The AS knows us no more, and the user was told: `register` may replace the account that the store keeps. */
export const GONE = recordKind('account-gone', struct({}));

/** Who a replaced account was to the QS: kept until the QS has forgotten it. */
export const FORMER_RECORD = recordKind('former-qs-user', qsIdentity);

/**
 * Tells the user, once, when the AS knows us no more. An AS lets go of nobody whose credential still runs (docs/protocol §5): until ours
 * has ended, a signature that it refuses means something else. Only told; what the store keeps stays.
 */
export async function noticeGone(context: ClientContext, account: Account): Promise<void> {
  const { clock, crypto, store } = context;
  const work = new UnitOfWork(store);
  const isRunning = Number(account.credential.payload.expiration.notAfter) * 1000 > clock.now();
  if (isRunning || (await work.get(GONE)) !== undefined) return;
  if (!(await isUnknown(context, work, account))) return;
  work.put(GONE, {});
  await keepNotices(work, [{ kind: 'account-gone' }], hex(crypto.random.bytes(8)));
  await work.save();
}

/** Takes it back: the AS has signed for us again. */
export async function noticePresent({ store }: Pick<ClientContext, 'store'>): Promise<void> {
  const work = new UnitOfWork(store);
  if ((await work.get(GONE)) === undefined) return;
  work.delete(GONE);
  await work.save();
}

/** What is unconfirmed, where we were told to be gone, instead of a refusal to read on: other services may know us no more either. */
export async function toldIfGone(
  { store }: Pick<ClientContext, 'store'>,
  refused: Outcome<ReceivedEvent[]>,
): Promise<Outcome<ReceivedEvent[]>> {
  const work = new UnitOfWork(store);
  return (await work.get(GONE)) === undefined ? refused : done(await unconfirmed(work));
}

/** By our key, and by the one that it may have been handed over to: the answer to that can have been lost. */
async function isUnknown({ as }: ClientContext, work: UnitOfWork, account: Account): Promise<boolean> {
  const signer = clientKey(account);
  const next = await work.get(NEXT_KEY);
  const keys = [signer.privateKey, ...(next === undefined ? [] : [next.keys.privateKey])];
  for (const privateKey of keys) {
    const answer = await as.call(renewClientCredential, {}, { ...signer, privateKey });
    if (answer.ok || answer.refusal.code !== 'SIGNATURE_INVALID') return false;
  }
  return true;
}

/** Drops all that the store keeps for an account in its place, in one batch; of the former one only its record at the QS is left to delete. */
export async function replaceAccount(store: ClientStore, former: Account, account: Account): Promise<void> {
  const keys = await store.keys('');
  await store.write([
    ...keys.map((key) => ({ key, value: undefined })),
    { key: ACCOUNT.prefix, value: encode(ACCOUNT.codec, account) },
    { key: FORMER_RECORD.prefix, value: encode(FORMER_RECORD.codec, former.qsUser) },
  ]);
}
