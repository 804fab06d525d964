import type { PhoenixCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, formatUuid, type Outcome, refuse } from '@phoenix/wire';
import type { ClientWithUser, RecordStore, UserWithClients } from '../ports/record-store.js';

/** Whether the request says it is signed by that record; its signature is still to be verified. */
export function claimsToBe(request: SignedRequest, kind: 'qs-user' | 'qs-client', id: Uint8Array): boolean {
  return request.keyId.kind === kind && request.keyId.name === formatUuid(id);
}

/** The user whose request it is. An unknown user is refused like a wrong signature: whether a record exists is its owner's to know. */
export async function authenticateUser(
  records: RecordStore,
  request: SignedRequest,
  userId: Uint8Array,
): Promise<Outcome<UserWithClients>> {
  if (!claimsToBe(request, 'qs-user', userId)) return refuse('SIGNATURE_INVALID');
  const found = await records.findUser(userId);
  if (found === undefined) return refuse('SIGNATURE_INVALID');
  const authentic = await request.authenticate(found.user.userKey);
  return authentic.ok ? done(found) : authentic;
}

/** The client whose request it is. */
export async function authenticateClient(
  records: RecordStore,
  request: SignedRequest,
  clientId: Uint8Array,
): Promise<Outcome<ClientWithUser>> {
  if (!claimsToBe(request, 'qs-client', clientId)) return refuse('SIGNATURE_INVALID');
  const found = await records.findClient(clientId);
  if (found === undefined) return refuse('SIGNATURE_INVALID');
  const authentic = await request.authenticate(found.client.clientKey);
  return authentic.ok ? done(found) : authentic;
}

const KEY_LENGTH = 32;

/** A 32-byte Ed25519 public key; whether it is on the curve shows when it verifies something. */
export function isSigningKey(key: Uint8Array): boolean {
  return key.length === KEY_LENGTH;
}

/** The SHA-256 that a friendship token is known by; undefined for what is no token. */
export function friendshipHashOf(crypto: PhoenixCrypto, token: Uint8Array): Uint8Array | undefined {
  return token.length === KEY_LENGTH ? crypto.sha256(token) : undefined;
}
