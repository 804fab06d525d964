import { done, type Outcome, refuse } from '@phoenix/wire';
import { ACCOUNT, type Account } from '../account/account.js';
import { drawAccount } from '../account/draw-account.js';
import { createRecord } from '../account/record-at-qs.js';
import type { ClientContext } from '../client-context.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import { obtainCredential } from './obtain-credential.js';
import { PENDING_REGISTRATION } from './pending-registration.js';
import type { NewAccount } from './registration-options.js';

/**
 * Makes a user: a credential at the AS, then, under ids and keys that have nothing to do with it, a record with a queue at the
 * QS. Called again after a failure it goes on where it stopped. Refuses with ALREADY_EXISTS when the store has a complete account.
 */
export async function registerClient(
  context: ClientContext,
  newAccount: NewAccount,
): Promise<Outcome<Account>> {
  const work = new UnitOfWork(context.store);
  let account = await work.get(ACCOUNT);
  if (account?.recorded === 1) return refuse('ALREADY_EXISTS');
  if (account === undefined) {
    const obtained = await obtainCredential(context, work, newAccount);
    if (!obtained.ok) return obtained;
    account = drawAccount(context.crypto, obtained.value);
    work.put(ACCOUNT, account);
    work.delete(PENDING_REGISTRATION);
    await work.save();
  }
  const created = await createRecord(context, account);
  if (!created.ok) return created;
  const recorded = { ...account, recorded: 1 };
  work.put(ACCOUNT, recorded);
  await work.save();
  return done(recorded);
}
