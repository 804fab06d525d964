import type { SignedRequest } from '@phoenix/edge';
import type { Outcome } from '@phoenix/wire';
import type { CommitAccepted, CommitToGroup } from './commit-to-group.js';
import { type CommitInput, parseCommit } from './parse-commit.js';

/** Renews a client's own leaf: its keys, and if it likes its credential, pseudonym, key set and queue config. */
export class UpdateClient {
  constructor(private readonly commits: CommitToGroup) {}

  execute(input: CommitInput, request: SignedRequest): Promise<Outcome<CommitAccepted>> {
    return this.commits.execute(input, () => parseCommit('updateClient', input), request);
  }
}
