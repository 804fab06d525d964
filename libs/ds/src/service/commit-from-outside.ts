import { done, type Outcome, refuse } from '@phoenix/wire';
import { type ExternalProposal, judgeExternalCommit } from '../domain/judge-external-commit.js';
import type { JudgedCommit } from '../domain/judged-commit.js';
import type { NextGroup } from '../domain/next-group.js';
import { nextRoster, nextTreeSection } from '../domain/next-sections.js';
import { leavingLeaves, storedProposals } from '../domain/proposal-store.js';
import type { Roster } from '../domain/roster.js';
import type { RosterLeaf } from '../domain/roster-leaves.js';
import type { GroupPolicy } from '../ports/group-policy.js';
import type { ChangeGroup, ChangeTaken, GroupChange } from './change-group.js';
import type { DsWorld } from './ds-world.js';
import { judgePolicy } from './judge-policy.js';
import { judgingContext } from './judging-context.js';
import { type CommitInput, parseExternalCommit } from './parse-commit.js';
import type { OpenedGroup } from './state-sealer.js';

/** Who commits from outside, and by what that is known. */
export interface Outsider {
  /** The leaf that comes back; undefined for one that joins. */
  readonly returning: number | undefined;
  readonly idSource: Uint8Array;
  readonly enter: GroupChange['enter'];
}

/** Takes commits from outside the group: they can take in no proposal, so what is pending is proposed anew. */
export class CommitFromOutside {
  constructor(
    private readonly changes: ChangeGroup,
    private readonly policy: GroupPolicy,
    private readonly world: DsWorld,
  ) {}

  /** @param digest SHA-256 of the commit. */
  execute(input: CommitInput, digest: Uint8Array, outsider: Outsider): Promise<Outcome<ChangeTaken>> {
    return this.changes.execute(input, () => {
      const proposal = parseExternalCommit(input, outsider.returning);
      if (!proposal.ok) return proposal;
      const { epoch: proposed } = proposal.value.message.content;
      return done({
        ...outsider,
        check: ({ epoch }) => (proposed === epoch ? done() : refuse('WRONG_EPOCH', { epoch })),
        judge: (opened) => this.#judge(opened, proposal.value, input.commit, digest),
      });
    });
  }

  #judge(
    { roster, tree: { group, section } }: OpenedGroup,
    proposal: ExternalProposal,
    commit: Uint8Array,
    digest: Uint8Array,
  ): Outcome<NextGroup> {
    const context = judgingContext(this.world);
    const moment = { roster, group, memberKeys: section.memberKeys };
    const judged = judgeExternalCommit(moment, proposal, context);
    if (!judged.ok) return refuse('INVALID_COMMIT', { rule: judged.rule });
    const allowed = judgePolicy(this.policy, judged.value.facts);
    if (!allowed.ok) return allowed;
    const leaving = leavingLeaves(storedProposals(section.proposals, context.crypto));
    const to = recipients(roster, judged.value, proposal.returning);
    return done({
      roster: nextRoster(roster, judged.value, digest),
      tree: nextTreeSection(section, group, judged.value, context.month),
      group: judged.value.group,
      requester: judged.value.committer,
      leaving: new Set(),
      dropped: [...leaving].filter((leaf) => leaf !== proposal.returning),
      dispatch: {
        commit: { message: commit, to },
        welcome: new Uint8Array(0),
        invited: [],
        proposals: [],
      },
      isLast: false,
    });
  }
}

/** All of the old roster and the sender, once: by the queue config that it has from now on. */
function recipients(
  { leaves }: Roster,
  { leaves: next, committer }: JudgedCommit,
  returning: number | undefined,
): RosterLeaf['queue'][] {
  const sender = next.at(committer) as RosterLeaf;
  return [...leaves.queues(returning), sender.queue];
}
