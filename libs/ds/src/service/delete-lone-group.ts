import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { listedAdmins } from '../domain/admins.js';
import { commitFacts } from '../domain/commit-facts.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { RosterLeaf } from '../domain/roster-leaves.js';
import type { GroupPolicy } from '../ports/group-policy.js';
import type { ExclusiveGroup, GroupStore } from '../ports/group-store.js';
import { authenticateLeaf, leafOf } from './authenticate-leaf.js';
import type { DsWorld } from './ds-world.js';
import type { HandOver } from './hand-over.js';
import { judgePolicy } from './judge-policy.js';
import { openRoster, openTree } from './open-group.js';
import { type GroupAccess, underEarKey } from './under-ear-key.js';

/** Deletes a group whose only member asks for it: nobody has to hear of it, and there is no commit. */
export class DeleteLoneGroup {
  constructor(
    private readonly store: GroupStore,
    private readonly handOver: HandOver,
    private readonly policy: GroupPolicy,
    private readonly world: DsWorld,
  ) {}

  execute(access: GroupAccess, request: SignedRequest): Promise<Outcome<void>> {
    return underEarKey(this.world, access, (cipher) =>
      this.store.exclusive(access.groupId, (group) => this.#delete(group, cipher, request)),
    );
  }

  async #delete(group: ExclusiveGroup, cipher: GroupCipher, request: SignedRequest): Promise<Outcome<void>> {
    const row = await group.loadWhole();
    const roster = openRoster(cipher, row);
    if (!roster.ok || row === undefined) return roster.ok ? refuse('NOT_FOUND') : roster;
    const authenticated = await authenticateLeaf(request, roster.value, cipher.groupId.uuid);
    if (!authenticated.ok) return authenticated;
    const left = await this.handOver.before(cipher, row, group);
    // Its deletion was under way, and is complete now.
    if (!left.ok) return left.refusal.code === 'NOT_FOUND' ? done() : left;
    const { leaves } = roster.value;
    if (leaves.count > 1) return refuse('INVALID_COMMIT', { rule: 'ds.delete.alone' });
    const tree = openTree(cipher, roster.value, row);
    if (!tree.ok) return tree;
    const before = listedAdmins(tree.value.group.groupContext.extensions) ?? [];
    const actor = leaves.at(leafOf(request)) as RosterLeaf;
    const counts = { added: 0, removed: 0 };
    const facts = commitFacts('deleteGroup', actor, { before, after: before }, leaves, counts);
    const allowed = judgePolicy(this.policy, facts);
    if (!allowed.ok) return allowed;
    await group.delete(row.generation);
    return done();
  }
}
