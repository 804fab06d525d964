import type { SignedRequest } from '@phoenix/edge';
import type { Outcome } from '@phoenix/wire';
import type { CommitAccepted, CommitToGroup } from './commit-to-group.js';
import { type CommitInput, parseCommit } from './parse-commit.js';

/** Makes members admins, and others no more: a commit of one GroupContextExtensions. */
export class UpdateGroupContext {
  constructor(private readonly commits: CommitToGroup) {}

  execute(input: CommitInput, request: SignedRequest): Promise<Outcome<CommitAccepted>> {
    return this.commits.execute(input, () => parseCommit('updateGroupContext', input), request);
  }
}
