import {
  type ClientCredential,
  clientCredential,
  clientCsr,
  clientCsrTbs,
  decode,
  done,
  encode,
  type ErrorCode,
  formatClientId,
  LABELS,
  type Outcome,
  tryDecode,
} from '@phoenix/wire';
import type { ClientContext } from '../client-context.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import { verifyOwnCredential } from '../credentials/verify-own-credential.js';
import { finishUserRegistration } from '../services/as-operations.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { beginRegistration } from './begin-registration.js';
import { PENDING_REGISTRATION, type PendingRegistration } from './pending-registration.js';
import type { NewAccount } from './registration-options.js';

/** What registering takes of a client. */
type Registrar = Pick<ClientContext, 'domain' | 'crypto' | 'clock' | 'as' | 'directories'>;

/** A verified credential of ours and the key it is about. */
export interface ObtainedCredential {
  readonly credential: ClientCredential;
  readonly credentialKey: Uint8Array;
}

/** The user may have been made. */
const UNDECIDED: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'INTERNAL']);

/**
 * Registers a user in the two steps of docs/protocol §5. The first step's result is saved before the second is sent, so a
 * lost answer costs no second user: it goes on with the password that it was begun with. What was kept and is refused (its
 * ticket ran out, its invitation was spent) is replaced once.
 */
export async function obtainCredential(
  context: Registrar,
  work: UnitOfWork,
  account: NewAccount,
): Promise<Outcome<ObtainedCredential>> {
  const kept = await work.get(PENDING_REGISTRATION);
  const finished = kept && (await finish(context, kept));
  if (finished !== undefined && (finished.ok || UNDECIDED.has(finished.refusal.code))) return finished;
  const begun = await beginRegistration(context, work, account);
  return begun.ok ? finish(context, begun.value) : begun;
}

async function finish(
  context: Registrar,
  { clientId: id, ticket, keys, opaqueRecord, invitation, proofOfWork }: PendingRegistration,
): Promise<Outcome<ObtainedCredential>> {
  const { crypto } = context;
  const tbs = { clientId: id, scheme: 'ed25519' as const, publicKey: keys.publicKey };
  const possession = encode(clientCsrTbs, tbs);
  const selfSignature = crypto.signWithLabel(keys.privateKey, LABELS.clientCredentialPayload, possession);
  const csr = encode(clientCsr, { ...tbs, selfSignature });
  const keyId = { kind: 'client', name: formatClientId(id) } as const;
  const key = { keyId, privateKey: keys.privateKey };
  const code = invitation && new TextDecoder().decode(invitation);
  const input = { ticket, csr, opaqueRecord, invitation: code, proofOfWork };
  const answer = await context.as.call(finishUserRegistration, input, key);
  if (!answer.ok) return answer;
  const credential = tryDecode(() => decode(clientCredential, answer.value));
  if (credential === undefined) return invalidCredential('client.credential.decode');
  const asked = { clientId: id, publicKey: keys.publicKey };
  const verified = await verifyOwnCredential(context, credential, asked);
  return verified.ok ? done({ credential, credentialKey: keys.privateKey }) : verified;
}
