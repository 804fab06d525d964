import {
  type ClientCredential,
  clientCredential,
  clientCsr,
  clientCsrTbs,
  clientId,
  decode,
  done,
  encode,
  equal,
  formatClientId,
  LABELS,
  type Outcome,
  parseUuid,
  refuse,
  tryDecode,
} from '@phoenix/wire';
import type { ClientContext } from '../client-context.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import { verifyClientCredential } from '../credentials/verify-client-credential.js';
import { finishUserRegistration, initUserRegistration } from '../services/as-operations.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { PENDING_REGISTRATION, type PendingRegistration } from './pending-registration.js';

/** What registering takes of a client. */
type Registrar = Pick<ClientContext, 'domain' | 'crypto' | 'clock' | 'as' | 'directories'>;

/** A verified credential of ours and the key it is about. */
export interface ObtainedCredential {
  readonly credential: ClientCredential;
  readonly credentialKey: Uint8Array;
}

/**
 * Registers a user in the two steps of docs/protocol §5. The first step's result is saved before the second is sent, so a
 * lost answer costs no second user; a ticket that ran out is replaced once.
 */
export async function obtainCredential(
  context: Registrar,
  work: UnitOfWork,
): Promise<Outcome<ObtainedCredential>> {
  const kept = await work.get(PENDING_REGISTRATION);
  const finished = kept && (await finish(context, kept));
  if (finished !== undefined && (finished.ok || finished.refusal.code !== 'TICKET_INVALID')) return finished;
  const begun = await begin(context, work);
  return begun.ok ? finish(context, begun.value) : begun;
}

async function begin(context: Registrar, work: UnitOfWork): Promise<Outcome<PendingRegistration>> {
  const { crypto, domain } = context;
  const answer = await context.as.call(initUserRegistration);
  if (!answer.ok) return answer;
  const uuid = parseUuid(answer.value.userId);
  if (uuid === undefined) return refuse('INTERNAL', { rule: 'client.answer' });
  const pending = {
    clientId: { user: { uuid, domain }, uuid: crypto.random.uuid() },
    ticket: answer.value.ticket,
    keys: crypto.signer.generateKeyPair(),
  };
  work.put(PENDING_REGISTRATION, pending);
  await work.save();
  return done(pending);
}

async function finish(
  context: Registrar,
  { clientId: id, ticket, keys }: PendingRegistration,
): Promise<Outcome<ObtainedCredential>> {
  const { crypto } = context;
  const tbs = { clientId: id, scheme: 'ed25519' as const, publicKey: keys.publicKey };
  const possession = encode(clientCsrTbs, tbs);
  const selfSignature = crypto.signWithLabel(keys.privateKey, LABELS.clientCredentialPayload, possession);
  const csr = encode(clientCsr, { ...tbs, selfSignature });
  const keyId = { kind: 'client', name: formatClientId(id) } as const;
  const key = { keyId, privateKey: keys.privateKey };
  const answer = await context.as.call(finishUserRegistration, { ticket, csr }, key);
  if (!answer.ok) return answer;
  const credential = tryDecode(() => decode(clientCredential, answer.value));
  if (credential === undefined) return invalidCredential('client.credential.decode');
  const { clientId: named, publicKey } = credential.payload;
  if (!equal(encode(clientId, named), encode(clientId, id)) || !equal(publicKey, keys.publicKey))
    return invalidCredential('client.credential.own');
  const verified = await verifyOwn(context, credential);
  return verified.ok ? done({ credential, credentialKey: keys.privateKey }) : verified;
}

/** We check what the AS gives us as our contacts will: they would refuse it otherwise. */
async function verifyOwn(
  context: Registrar,
  credential: ClientCredential,
): Promise<Outcome<ClientCredential>> {
  const directories = await context.directories.current();
  if (!directories.ok) return directories;
  return verifyClientCredential(context.crypto, credential, {
    directories: directories.value,
    presence: 'entering',
    nowMs: context.clock.now(),
  });
}
