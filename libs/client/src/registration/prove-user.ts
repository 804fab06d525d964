import type { OpaqueClient } from '@phoenix/crypto';
import { done, formatUserId, type Outcome, refuse } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { clientKey } from '../credentials/client-key.js';
import { initTwoFactor } from '../services/as-operations.js';

/** The second factor as its user brings it: the password, and what stretches it as it was stretched at registration. */
export interface SecondFactor {
  readonly password: string;
  readonly opaque: OpaqueClient;
}

/** A proof of the password for the next request, and the answer to a new record's request, where one was sent. */
export interface ProvenUser {
  readonly ke3: Uint8Array;
  readonly opaqueResponse: Uint8Array | undefined;
}

/** Who a user and its AS are to OPAQUE. */
export function identitiesOf({ credential }: Account) {
  const { user } = credential.payload.clientId;
  return { client: formatUserId(user), server: user.domain };
}

/**
 * Proves the password in a hand-shake that the AS remembers for five minutes. Refuses with FORBIDDEN (`client.password`) for
 * a wrong one: what the AS answers shows it here already, and nothing more is sent.
 */
export async function proveUser(
  { as }: Pick<ClientContext, 'as'>,
  account: Account,
  { password, opaque }: SecondFactor,
  opaqueRequest?: Uint8Array,
): Promise<Outcome<ProvenUser>> {
  const { state, message: ke1 } = await opaque.startLogin(password);
  const answer = await as.call(initTwoFactor, { ke1, opaqueRequest }, clientKey(account));
  if (!answer.ok) return answer;
  const { ke2, opaqueResponse } = answer.value;
  const ke3 = await opaque.finishLogin(password, state, ke2, identitiesOf(account));
  return ke3 === undefined ? refuse('FORBIDDEN', { rule: 'client.password' }) : done({ ke3, opaqueResponse });
}
