import type { SignedRequest } from '@phoenix/edge';
import { done, formatClientId, formatUserId, refuse } from '@phoenix/wire';
import type { FinishRegistration } from '../service/finish-user-registration.js';
import { type MemoryAs, TEST_DOMAIN } from './memory-as.js';
import { type Applicant, applicant } from './signed-csr.js';

const NO_DIGEST = new Uint8Array(32);
export const TEST_PASSWORD = 'correct horse battery staple';

/** A request that the edge has taken in and whose signature is right under `key` alone; `body` stands for all its bytes. */
export function signedRequest(
  by: Pick<Applicant, 'clientId' | 'publicKey'>,
  {
    key = by.publicKey,
    name = formatClientId(by.clientId),
    body = NO_DIGEST,
  }: { key?: Uint8Array; name?: string; body?: Uint8Array } = {},
): SignedRequest {
  return {
    keyId: { kind: 'client', name },
    nonce: new Uint8Array(16),
    bodyDigest: body,
    authenticate: async (publicKey) =>
      Buffer.from(publicKey).equals(key) ? done(undefined) : refuse('SIGNATURE_INVALID'),
  };
}

/** What an applicant sends with the second step, after a first step with `password`. */
export async function begunRegistration(
  as: MemoryAs,
  password = TEST_PASSWORD,
): Promise<{ alice: Applicant; input: FinishRegistration }> {
  const { state, request } = await as.opaque.startRegistration(password);
  const begun = await as.init.execute(request);
  if (!begun.ok) throw new Error(begun.refusal.code);
  const { user, ticket, opaqueResponse } = begun.value;
  const alice = applicant(as.crypto, TEST_DOMAIN, user);
  const identities = { client: formatUserId(alice.clientId.user), server: TEST_DOMAIN };
  const opaqueRecord = (await as.opaque.finishRegistration(password, state, opaqueResponse, identities))!;
  const input = { ticket, csr: alice.csr, opaqueRecord, invitation: undefined, proofOfWork: undefined };
  return { alice, input };
}

/** A registered user, and what it registered with; the credential is encoded. */
export async function registeredUser(as: MemoryAs, password = TEST_PASSWORD) {
  const { alice, input } = await begunRegistration(as, password);
  const finished = await as.finish.execute(input, signedRequest(alice));
  if (!finished.ok) throw new Error(finished.refusal.code);
  return { alice, input, credential: finished.value };
}

/** KE3 for a password, after a hand-shake with the AS; undefined where the AS's answer shows the password to be wrong. */
export async function provenPassword(
  as: MemoryAs,
  alice: Applicant,
  password = TEST_PASSWORD,
): Promise<Uint8Array | undefined> {
  const { state, message: ke1 } = await as.opaque.startLogin(password);
  const begun = await as.initTwoFactor.execute({ ke1, opaqueRequest: undefined }, signedRequest(alice));
  if (!begun.ok) throw new Error(begun.refusal.code);
  const identities = { client: formatUserId(alice.clientId.user), server: TEST_DOMAIN };
  return as.opaque.finishLogin(password, state, begun.value.ke2, identities);
}
