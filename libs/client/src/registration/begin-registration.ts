import { done, formatUserId, type Outcome, parseUuid, refuse, utf8 } from '@phoenix/wire';
import type { ClientContext } from '../client-context.js';
import { type BegunUserRegistration, initUserRegistration } from '../services/as-operations.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { PENDING_REGISTRATION, type PendingRegistration } from './pending-registration.js';
import type { NewAccount } from './registration-options.js';
import { workForTicket } from './work-for-ticket.js';

/**
 * The first step of a registration, and what the second one will send; saved before anything more is done. Refuses with
 * INTERNAL (`client.answer`) where the AS answers what is no answer.
 */
export async function beginRegistration(
  { crypto, domain, as }: Pick<ClientContext, 'crypto' | 'domain' | 'as'>,
  work: UnitOfWork,
  { password, opaque, invitation }: NewAccount,
): Promise<Outcome<PendingRegistration>> {
  const { state, request: opaqueRequest } = await opaque.startRegistration(password);
  const answer = await as.call(initUserRegistration, { opaqueRequest });
  if (!answer.ok) return answer;
  const { ticket, opaqueResponse, proofOfWork: bits } = answer.value;
  const user = userOf(answer.value, domain);
  const identities = user && { client: formatUserId(user), server: domain };
  const opaqueRecord =
    identities && (await opaque.finishRegistration(password, state, opaqueResponse, identities));
  if (user === undefined || opaqueRecord === undefined) return refuse('INTERNAL', { rule: 'client.answer' });
  const proofOfWork = await workForTicket(crypto, ticket, bits);
  if (!proofOfWork.ok) return proofOfWork;
  const pending = {
    clientId: { user, uuid: crypto.random.uuid() },
    ticket,
    keys: crypto.signer.generateKeyPair(),
    opaqueRecord,
    invitation: invitation === undefined ? undefined : utf8(invitation),
    proofOfWork: proofOfWork.value,
  };
  work.put(PENDING_REGISTRATION, pending);
  await work.save();
  return done(pending);
}

function userOf({ userId }: BegunUserRegistration, domain: string) {
  const uuid = parseUuid(userId);
  return uuid && { uuid, domain };
}
