import { clientCredential, done, encode, equal, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { deleteRecord } from '../account/record-at-qs.js';
import type { ClientContext } from '../client-context.js';
import { clientKey } from '../credentials/client-key.js';
import { asCredentials, deleteUser as remove } from '../services/as-operations.js';
import { proveUser, type SecondFactor } from './prove-user.js';

/**
 * Deletes what the services have of us: the QS's record with its queue and packages, then the user at the AS, whose
 * credentials are revoked. Called again after a lost answer it goes on. Refuses with FORBIDDEN (`client.password`) before
 * anything was deleted.
 */
export async function deleteUser(
  context: ClientContext,
  account: Account,
  factor: SecondFactor,
): Promise<Outcome<void>> {
  const proven = await proveUser(context, account, factor);
  if (!proven.ok) return goneAlready(context, account, proven);
  const forgotten = await deleteRecord(context, account);
  if (!forgotten.ok) return forgotten;
  const deleted = await context.as.call(remove, { ke3: proven.value.ke3 }, clientKey(account));
  return deleted.ok ? deleted : goneAlready(context, account, deleted);
}

/** A client that the AS no longer knows was deleted if its credential is among the revoked. */
async function goneAlready(
  { as, crypto }: ClientContext,
  { credential }: Account,
  refused: Outcome<never> | Outcome<void>,
): Promise<Outcome<void>> {
  if (refused.ok || refused.refusal.code !== 'SIGNATURE_INVALID') return refused;
  const listed = await as.call(asCredentials);
  if (!listed.ok) return listed;
  const fingerprint = crypto.sha256(encode(clientCredential, credential));
  return listed.value.revoked.some((each) => equal(each, fingerprint)) ? done() : refused;
}
