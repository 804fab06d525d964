import { type Outcome, refuse } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { clientKey } from '../credentials/client-key.js';
import { changePassword as change } from '../services/as-operations.js';
import { identitiesOf, proveUser, type SecondFactor } from './prove-user.js';

/** Replaces the password. Refuses with FORBIDDEN (`client.password`) where the present one is wrong. */
export async function changePassword(
  context: Pick<ClientContext, 'as'>,
  account: Account,
  present: SecondFactor,
  next: SecondFactor,
): Promise<Outcome<void>> {
  const { state, request } = await next.opaque.startRegistration(next.password);
  const proven = await proveUser(context, account, present, request);
  if (!proven.ok) return proven;
  const { ke3, opaqueResponse } = proven.value;
  const opaqueRecord =
    opaqueResponse &&
    (await next.opaque.finishRegistration(next.password, state, opaqueResponse, identitiesOf(account)));
  if (opaqueRecord === undefined) return refuse('INTERNAL', { rule: 'client.answer' });
  return context.as.call(change, { ke3, opaqueRecord }, clientKey(account));
}
