import type { SignedRequest } from '@phoenix/edge';
import { done, equal, type Outcome, refuse } from '@phoenix/wire';
import { judgeSelfRemove, type SelfRemove } from '../domain/judge-self-remove.js';
import type { NextGroup } from '../domain/next-group.js';
import { storedProposals } from '../domain/proposal-store.js';
import type { GroupPolicy } from '../ports/group-policy.js';
import { authenticateLeaf, leafOf } from './authenticate-leaf.js';
import type { ChangeGroup } from './change-group.js';
import type { DsWorld } from './ds-world.js';
import { judgePolicy } from './judge-policy.js';
import { judgingContext } from './judging-context.js';
import { parseSelfRemove, type SelfRemoveInput } from './parse-self-remove.js';
import type { OpenedGroup } from './state-sealer.js';

/** Puts a member's Remove of itself into the proposal store: with the next commit it is out (docs/protocol §7). */
export class SelfRemoveUser {
  constructor(
    private readonly changes: ChangeGroup,
    private readonly policy: GroupPolicy,
    private readonly world: DsWorld,
  ) {}

  async execute(input: SelfRemoveInput, request: SignedRequest): Promise<Outcome<void>> {
    const taken = await this.changes.execute(input, () => {
      const proposal = parseSelfRemove(input, leafOf(request));
      if (!proposal.ok) return proposal;
      const { epoch: proposed } = proposal.value.message.content;
      return done({
        idSource: request.bodyDigest,
        enter: async (roster) => {
          const authenticated = await authenticateLeaf(request, roster, input.groupId);
          return authenticated.ok ? done('new') : authenticated;
        },
        check: ({ epoch }) => (proposed === epoch ? done() : refuse('WRONG_EPOCH', { epoch })),
        judge: (opened) => this.#judge(opened, proposal.value),
      });
    });
    return taken.ok ? done() : taken;
  }

  #judge(
    { roster: { treeTag: _, ...roster }, tree: { group, section } }: OpenedGroup,
    proposal: SelfRemove,
  ): Outcome<NextGroup | undefined> {
    const { bytes } = proposal;
    if (section.proposals.some((known) => equal(known, bytes))) return done(undefined);
    const context = judgingContext(this.world);
    const stored = storedProposals(section.proposals, context.crypto);
    const judged = judgeSelfRemove({ leaves: roster.leaves, group, stored }, proposal, context);
    if (!judged.ok) {
      const { rule } = judged;
      return refuse(rule === 'ds.self-remove.once' ? 'ALREADY_EXISTS' : 'INVALID_MESSAGE', { rule });
    }
    const allowed = judgePolicy(this.policy, judged.value.facts);
    if (!allowed.ok) return allowed;
    return done({
      roster,
      tree: { ...section, proposals: [...section.proposals, bytes] },
      group,
      requester: proposal.leaf,
      leaving: judged.value.leaving,
      dropped: [],
      dispatch: { commit: undefined, welcome: new Uint8Array(0), invited: [], proposals: [bytes] },
      isLast: false,
    });
  }
}
