import type { SignedRequest } from '@phoenix/edge';
import type { Outcome } from '@phoenix/wire';
import type { CommitProposal } from '../domain/judge-commit.js';
import type { CommitAccepted, CommitToGroup } from './commit-to-group.js';
import { type AddUsersInput, parseCommit, parseInvitation } from './parse-commit.js';

/** Adds users to a group: a commit of Adds, with the Welcome and who sends it. */
export class AddUsers {
  constructor(private readonly commits: CommitToGroup) {}

  execute(input: AddUsersInput, request: SignedRequest): Promise<Outcome<CommitAccepted>> {
    const parse = (): Outcome<CommitProposal> => {
      const invitation = parseInvitation(input);
      return invitation.ok ? parseCommit('addUsers', input, invitation.value) : invitation;
    };
    return this.commits.execute(input, parse, request);
  }
}
