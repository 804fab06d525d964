import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { type CommitProposal, judgeCommit } from '../domain/judge-commit.js';
import type { JudgedCommit } from '../domain/judged-commit.js';
import type { NextGroup } from '../domain/next-group.js';
import { nextRoster, nextTreeSection } from '../domain/next-sections.js';
import { includesAll, storedProposals } from '../domain/proposal-store.js';
import type { GroupPolicy } from '../ports/group-policy.js';
import { authenticateCommitter } from './authenticate-committer.js';
import { leafOf } from './authenticate-leaf.js';
import type { ChangeGroup, ChangeTaken } from './change-group.js';
import type { DsWorld } from './ds-world.js';
import { judgePolicy } from './judge-policy.js';
import { judgingContext } from './judging-context.js';
import type { CommitInput } from './parse-commit.js';
import type { OpenedGroup } from './state-sealer.js';

/** A commit that was taken, now or before. */
export type CommitAccepted = ChangeTaken;

/** Takes members' commits, one for each epoch. */
export class CommitToGroup {
  constructor(
    private readonly changes: ChangeGroup,
    private readonly policy: GroupPolicy,
    private readonly world: DsWorld,
  ) {}

  execute(
    input: CommitInput,
    parse: () => Outcome<CommitProposal>,
    request: SignedRequest,
  ): Promise<Outcome<CommitAccepted>> {
    const digest = this.world.crypto.sha256(input.commit);
    return this.changes.execute(input, () => {
      const proposal = parse();
      if (!proposal.ok) return proposal;
      const { epoch: proposed } = proposal.value.message.content;
      return done({
        idSource: request.bodyDigest,
        enter: (roster) => authenticateCommitter(request, roster, input.groupId, digest),
        check: ({ epoch }) => (proposed === epoch ? done() : refuse('WRONG_EPOCH', { epoch })),
        judge: (opened) => this.#judge(opened, proposal.value, leafOf(request), { ...input, digest }),
      });
    });
  }

  #judge(
    opened: OpenedGroup,
    proposal: CommitProposal,
    requester: number,
    input: CommitInput & { readonly digest: Uint8Array },
  ): Outcome<NextGroup> {
    const { roster, tree } = opened;
    const { group, section } = tree;
    const context = judgingContext(this.world);
    const stored = storedProposals(section.proposals, context.crypto);
    // Copied: the section that they are views into is wiped before the answer leaves.
    if (!includesAll(proposal.commit, requester, stored))
      return refuse('PROPOSALS_PENDING', { proposals: section.proposals.map((p) => Uint8Array.from(p)) });
    const { sender } = proposal.message.content;
    if (sender.type === 'member' && sender.leafIndex !== requester)
      return refuse('INVALID_COMMIT', { rule: 'ds.commit.sender' });
    const moment = { roster, group, memberKeys: section.memberKeys };
    const judged = judgeCommit(moment, proposal, stored, context);
    if (!judged.ok) return refuse('INVALID_COMMIT', { rule: judged.rule });
    const allowed = judgePolicy(this.policy, judged.value.facts);
    if (!allowed.ok) return allowed;
    return done(nextGroup(opened, proposal, judged.value, input, context.month));
  }
}

function nextGroup(
  { roster, tree: { group, section } }: OpenedGroup,
  { operation, invitation }: CommitProposal,
  judged: JudgedCommit,
  { commit, digest }: CommitInput & { readonly digest: Uint8Array },
  month: number,
): NextGroup {
  const attributions = invitation?.attributions ?? [];
  return {
    roster: nextRoster(roster, judged, digest),
    tree: nextTreeSection(section, group, judged, month),
    group: judged.group,
    requester: judged.committer,
    leaving: new Set(),
    dropped: [],
    dispatch: {
      // All of the old roster: the removed and the committer, too.
      commit: { message: commit, to: roster.leaves.queues() },
      welcome: invitation?.welcomeBytes ?? new Uint8Array(0),
      invited: judged.joiners.map(({ queue }, i) => ({ queue, attribution: attributions[i] as Uint8Array })),
      proposals: [],
    },
    isLast: operation === 'deleteGroup',
  };
}
