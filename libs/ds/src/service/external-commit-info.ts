import type { SignedRequest } from '@phoenix/edge';
import { encodeRatchetTree, mlsMessageCodec } from '@phoenix/mls';
import { done, encode, type Outcome, refuse } from '@phoenix/wire';
import { keySetsOf } from '../domain/member-keys.js';
import type { Roster } from '../domain/roster.js';
import type { GroupStore } from '../ports/group-store.js';
import { authenticateLeaf } from './authenticate-leaf.js';
import type { DsWorld } from './ds-world.js';
import { type LeafKeys, leafKeysOf } from './leaf-keys.js';
import { type OpenedTree, openRoster, openTree } from './open-group.js';
import { type GroupAccess, underEarKey } from './under-ear-key.js';

/** What an external commit is made from (RFC 9420 §12.4.3.2). */
export interface ExternalCommitInfoResult {
  /** MLSMessage with the current GroupInfo: with external_pub, without the tree. */
  readonly groupInfo: Uint8Array;
  /** `optional<Node> ratchet_tree<V>` (RFC 9420 §12.4.3.3). */
  readonly ratchetTree: Uint8Array;
  readonly memberKeys: readonly LeafKeys[];
}

/**
 * Gives a member that has lost track, or the one contact that a group is still `open` for, what it needs to come in by an
 * external commit (docs/protocol §7). Members sign; for the contact the EAR key has to do, and whoever has that alone
 * later, an ex-member say, gets the answer of a group that does not exist.
 */
export class ExternalCommitInfo {
  constructor(
    private readonly store: GroupStore,
    private readonly world: DsWorld,
  ) {}

  execute(
    input: GroupAccess,
    request: SignedRequest | undefined,
  ): Promise<Outcome<ExternalCommitInfoResult>> {
    return underEarKey(this.world, input, async (cipher) => {
      const row = await this.store.load(input.groupId);
      const roster = openRoster(cipher, row);
      if (!roster.ok || row === undefined) return roster.ok ? refuse('NOT_FOUND') : roster;
      const admitted =
        request === undefined
          ? admitContact(roster.value)
          : await authenticateLeaf(request, roster.value, input.groupId);
      if (!admitted.ok) return admitted;
      const tree = openTree(cipher, roster.value, row);
      return tree.ok ? infoOf(tree.value) : tree;
    });
  }
}

function admitContact({ open, leaves }: Roster): Outcome<void> {
  return open && leaves.count === 1 ? done() : refuse('NOT_FOUND');
}

function infoOf({ group, section }: OpenedTree): Outcome<ExternalCommitInfoResult> {
  const { groupInfo } = group;
  if (groupInfo === undefined) return refuse('DAMAGED');
  return done({
    groupInfo: encode(mlsMessageCodec, { type: 'groupInfo', groupInfo }),
    ratchetTree: encodeRatchetTree(group.tree),
    memberKeys: leafKeysOf(keySetsOf(section.memberKeys)),
  });
}
