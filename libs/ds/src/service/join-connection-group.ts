import { done, equal, type Outcome, refuse } from '@phoenix/wire';
import type { Roster } from '../domain/roster.js';
import type { CommitAccepted } from './commit-to-group.js';
import type { CommitFromOutside } from './commit-from-outside.js';
import type { DsWorld } from './ds-world.js';
import type { CommitInput } from './parse-commit.js';

/**
 * Lets a contact into the group that was made for it: whoever has the EAR key, while the group is open and its creator
 * alone there. To all others the group is none, since those who have left it have the key, too (docs/protocol §7).
 */
export class JoinConnectionGroup {
  constructor(
    private readonly commits: CommitFromOutside,
    private readonly world: DsWorld,
  ) {}

  execute(input: CommitInput): Promise<Outcome<CommitAccepted>> {
    const digest = this.world.crypto.sha256(input.commit);
    const enter = async ({ open, leaves, lastCommit }: Roster): Promise<Outcome<'new' | 'repeated'>> => {
      // Of other commits, whoever was removed by one could else ask whether it is still the last.
      const wasJoin = lastCommit.formerKey.length === 0;
      if (wasJoin && equal(lastCommit.digest, digest)) return done('repeated');
      return open && leaves.count === 1 ? done('new') : refuse('NOT_FOUND');
    };
    // Nobody signed the body; a commit is like no other, by its fresh keys.
    return this.commits.execute(input, digest, { returning: undefined, idSource: digest, enter });
  }
}
