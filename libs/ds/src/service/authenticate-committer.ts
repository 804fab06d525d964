import type { SignedRequest } from '@phoenix/edge';
import { done, equal, type Outcome } from '@phoenix/wire';
import type { Roster } from '../domain/roster.js';
import { authenticateLeaf, leafOf } from './authenticate-leaf.js';

/**
 * Verifies that the leaf that a request names signed it. Whoever sends the group's last commit again signs as it did then:
 * with the leaf and the key it had before, which the commit may have replaced.
 */
export async function authenticateCommitter(
  request: SignedRequest,
  roster: Roster,
  groupId: Uint8Array,
  commitDigest: Uint8Array,
): Promise<Outcome<'new' | 'repeated'>> {
  const { digest, committer, formerKey } = roster.lastCommit;
  const isRepeated = equal(digest, commitDigest) && committer === leafOf(request);
  const formerly = isRepeated ? formerKey : undefined;
  const authenticated = await authenticateLeaf(request, roster, groupId, formerly);
  return authenticated.ok ? done(isRepeated ? 'repeated' : 'new') : authenticated;
}
