import type { SignedRequest } from '@phoenix/edge';
import type { Outcome } from '@phoenix/wire';
import { authenticateCommitter } from './authenticate-committer.js';
import { leafOf } from './authenticate-leaf.js';
import type { CommitAccepted } from './commit-to-group.js';
import type { CommitFromOutside } from './commit-from-outside.js';
import type { DsWorld } from './ds-world.js';
import type { CommitInput } from './parse-commit.js';

/**
 * Lets a member that has lost the group's secrets come back by an external commit, in the place of the leaf that signed
 * the request. It keeps its pseudonym, and with it its role; a Remove of it that is pending is void from then on.
 */
export class ResyncClient {
  constructor(
    private readonly commits: CommitFromOutside,
    private readonly world: DsWorld,
  ) {}

  execute(input: CommitInput, request: SignedRequest): Promise<Outcome<CommitAccepted>> {
    const digest = this.world.crypto.sha256(input.commit);
    return this.commits.execute(input, digest, {
      returning: leafOf(request),
      idSource: request.bodyDigest,
      enter: (roster) => authenticateCommitter(request, roster, input.groupId, digest),
    });
  }
}
