import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome } from '@phoenix/wire';
import type { CommitToGroup } from './commit-to-group.js';
import type { DeleteLoneGroup } from './delete-lone-group.js';
import { parseCommit } from './parse-commit.js';
import type { GroupAccess } from './under-ear-key.js';

/** The end of a group, as it comes in; without a commit exactly when its sender is alone. */
export interface DeleteGroupInput extends GroupAccess {
  /** MLSMessage with a PublicMessage: a commit that removes all others. */
  readonly commit: Uint8Array | undefined;
  readonly groupInfoUpdate: Uint8Array | undefined;
}

/**
 * Removes all others from a group and deletes it, once they are sure to hear of it. Until then a retry, or whatever its
 * sender does there next, completes that; afterwards a retry gets NOT_FOUND, which its sender takes as done.
 */
export class DeleteGroup {
  constructor(
    private readonly commits: CommitToGroup,
    private readonly alone: DeleteLoneGroup,
  ) {}

  async execute(input: DeleteGroupInput, request: SignedRequest): Promise<Outcome<void>> {
    const { commit, groupInfoUpdate, ...access } = input;
    if (commit === undefined && groupInfoUpdate === undefined) return this.alone.execute(access, request);
    const whole = { ...access, commit: commit ?? NOTHING, groupInfoUpdate: groupInfoUpdate ?? NOTHING };
    const taken = await this.commits.execute(whole, () => parseCommit('deleteGroup', whole), request);
    return taken.ok ? done() : taken;
  }
}

/** No encoding of anything. */
const NOTHING = new Uint8Array(0);
