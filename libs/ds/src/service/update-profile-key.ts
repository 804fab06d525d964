import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import type { NextGroup } from '../domain/next-group.js';
import { withProfileKey } from '../domain/profile-key.js';
import { leavingLeaves, storedProposals } from '../domain/proposal-store.js';
import { authenticateLeaf, leafOf } from './authenticate-leaf.js';
import type { ChangeGroup, GroupChange } from './change-group.js';
import type { DsWorld } from './ds-world.js';
import type { OpenedGroup } from './state-sealer.js';
import type { GroupAccess } from './under-ear-key.js';

/** A member's new profile key, wrapped for the group. */
export interface UpdateProfileKeyInput extends GroupAccess {
  /** `Encrypt`ed under the group's profile-key wrapper; 61 bytes. */
  readonly wrappedProfileKey: Uint8Array;
}

const NOTHING_TO_SEND = { commit: undefined, welcome: new Uint8Array(0), invited: [], proposals: [] };

/**
 * Puts a new profile key into a member's own key set, for those who join from then on; the others are told by a message
 * (docs/protocol §5). Doing it again changes nothing.
 */
export class UpdateProfileKey {
  constructor(
    private readonly changes: ChangeGroup,
    private readonly world: DsWorld,
  ) {}

  async execute(input: UpdateProfileKeyInput, request: SignedRequest): Promise<Outcome<void>> {
    const change: GroupChange = {
      // Not the body's digest: the same key may be set again, and what goes out then must not look like a repetition.
      idSource: this.world.crypto.random.bytes(32),
      enter: async (roster) => {
        const authenticated = await authenticateLeaf(request, roster, input.groupId);
        return authenticated.ok ? done('new') : authenticated;
      },
      check: () => done(),
      judge: (opened) => this.#judge(opened, leafOf(request), input.wrappedProfileKey),
    };
    const taken = await this.changes.execute(input, () => done(change));
    return taken.ok ? done() : taken;
  }

  #judge(
    { roster: { treeTag: _, ...roster }, tree: { group, section } }: OpenedGroup,
    leaf: number,
    wrappedProfileKey: Uint8Array,
  ): Outcome<NextGroup | undefined> {
    const tree = withProfileKey(section, leaf, wrappedProfileKey);
    if (!tree.ok) return refuse('BAD_REQUEST', { rule: tree.rule });
    if (tree.value === undefined) return done(undefined);
    const stored = storedProposals(section.proposals, this.world.crypto.mls);
    return done({
      roster,
      tree: tree.value,
      group,
      requester: leaf,
      leaving: leavingLeaves(stored),
      dropped: [],
      dispatch: NOTHING_TO_SEND,
      isLast: false,
    });
  }
}
