import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome } from '@phoenix/wire';
import type { MembershipTickets } from '../domain/membership-tickets.js';
import type { GroupStore } from '../ports/group-store.js';
import { authenticateLeaf } from './authenticate-leaf.js';
import type { DsWorld } from './ds-world.js';
import { openRoster } from './open-group.js';
import { type GroupAccess, underEarKey } from './under-ear-key.js';

/** Gives a member what it can ask `GroupPresence` by, should its EAR key or the group's row go bad. */
export class MembershipTicket {
  constructor(
    private readonly store: GroupStore,
    private readonly tickets: MembershipTickets,
    private readonly world: DsWorld,
  ) {}

  execute(access: GroupAccess, request: SignedRequest): Promise<Outcome<Uint8Array>> {
    return underEarKey(this.world, access, async (cipher) => {
      const roster = await this.store.shared(access.groupId, async (group) =>
        openRoster(cipher, await group.loadRoster()),
      );
      if (!roster.ok) return roster;
      const authenticated = await authenticateLeaf(request, roster.value, access.groupId);
      return authenticated.ok ? done(this.tickets.issue(access.groupId)) : authenticated;
    });
  }
}
