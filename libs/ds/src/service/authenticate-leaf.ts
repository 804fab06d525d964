import type { SignedRequest } from '@phoenix/edge';
import { formatUuid, type Outcome, refuse } from '@phoenix/wire';
import type { Roster } from '../domain/roster.js';

/** Verifies that the leaf that a request names signed it; `key` if not its current one. Nonces are taken by group. */
export async function authenticateLeaf(
  request: SignedRequest,
  roster: Roster,
  groupId: Uint8Array,
  key = roster.leaves.at(leafOf(request))?.signatureKey,
): Promise<Outcome<void>> {
  if (request.keyId.kind !== 'leaf' || key === undefined) return refuse('SIGNATURE_INVALID');
  return request.authenticate(key, formatUuid(groupId));
}

/** The leaf index that a request's key id names. */
export function leafOf(request: SignedRequest): number {
  return Number(request.keyId.name);
}
