import { clientCredential, decode, done, type Outcome, tryDecode } from '@phoenix/wire';
import { ACCOUNT, type Account } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { renewClientCredential } from '../services/as-operations.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { clientKey } from './client-key.js';
import { invalidCredential } from './credential-rule.js';
import { verifyOwnCredential } from './verify-own-credential.js';

/** Leaves run eight weeks and have to lie within their credential: with nine left, the next one still does (docs/protocol §3). */
const RENEWED_WITH_LEFT_MS = 9 * 7 * 86_400_000;

/**
 * Our account with its next credential, over the same key, when that is due; saved. Leaves, packages and cards that are made
 * from then on carry it. Refuses what the AS makes of it as others would.
 */
export async function renewCredential(
  context: ClientContext,
  work: UnitOfWork,
  account: Account,
): Promise<Outcome<Account>> {
  const { notAfter } = account.credential.payload.expiration;
  if (Number(notAfter) * 1000 - context.clock.now() >= RENEWED_WITH_LEFT_MS) return done(account);
  const answer = await context.as.call(renewClientCredential, {}, clientKey(account));
  if (!answer.ok) return answer;
  const credential = tryDecode(() => decode(clientCredential, answer.value));
  if (credential === undefined) return invalidCredential('client.credential.decode');
  const verified = await verifyOwnCredential(context, credential, account.credential.payload);
  if (!verified.ok) return verified;
  const renewed = { ...account, credential };
  work.put(ACCOUNT, renewed);
  await work.save();
  return done(renewed);
}
