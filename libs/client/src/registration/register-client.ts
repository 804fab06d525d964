import { done, type Outcome, refuse } from '@phoenix/wire';
import { ACCOUNT, type Account } from '../account/account.js';
import { drawAccount } from '../account/draw-account.js';
import { FORMER_RECORD, GONE, replaceAccount } from '../account/gone.js';
import { createRecord, deleteRecord } from '../account/record-at-qs.js';
import type { ClientContext } from '../client-context.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import { obtainCredential } from './obtain-credential.js';
import { PENDING_REGISTRATION } from './pending-registration.js';
import type { NewAccount } from './registration-options.js';

/**
 * Makes a user: a credential at the AS, then, under ids and keys that have nothing to do with it, a record with a queue at the
 * QS. Called again after a failure it goes on where it stopped. Refuses with ALREADY_EXISTS when the store has a complete account, unless
 * `account-gone` was told of it: then that account is dropped, with all that belonged to it, once the AS has signed a new credential.
 */
export async function registerClient(
  context: ClientContext,
  newAccount: NewAccount,
): Promise<Outcome<Account>> {
  const work = new UnitOfWork(context.store);
  const kept = await work.get(ACCOUNT);
  if (kept?.recorded === 1 && (await work.get(GONE)) === undefined) return refuse('ALREADY_EXISTS');
  const begun = kept?.recorded === 0 ? done(kept) : await beginAccount(context, work, newAccount, kept);
  return begun.ok ? recordAccount(context, work, begun.value) : begun;
}

/** An account with its credential, saved; from then on nothing is left of the `former` one but its record at the QS. */
async function beginAccount(
  context: ClientContext,
  work: UnitOfWork,
  newAccount: NewAccount,
  former: Account | undefined,
): Promise<Outcome<Account>> {
  const obtained = await obtainCredential(context, work, newAccount);
  if (!obtained.ok) return obtained;
  const account = drawAccount(context.crypto, obtained.value);
  if (former !== undefined) {
    await replaceAccount(context.store, former, account);
    return done(account);
  }
  work.put(ACCOUNT, account);
  work.delete(PENDING_REGISTRATION);
  await work.save();
  return done(account);
}

async function recordAccount(
  context: ClientContext,
  work: UnitOfWork,
  account: Account,
): Promise<Outcome<Account>> {
  const former = await work.get(FORMER_RECORD);
  const deleted = former === undefined ? done() : await deleteRecord(context, { qsUser: former });
  if (!deleted.ok) return deleted;
  const created = await createRecord(context, account);
  if (!created.ok) return created;
  const recorded = { ...account, recorded: 1 };
  work.put(ACCOUNT, recorded);
  work.delete(FORMER_RECORD);
  await work.save();
  return done(recorded);
}
