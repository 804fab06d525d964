import type { GroupTickets } from '../domain/group-ticket.js';
import type { DsWorld } from './ds-world.js';

/** A fresh group id, and what proves for ten minutes that it came from here. */
export interface GroupIdOffer {
  readonly groupId: Uint8Array;
  readonly ticket: Uint8Array;
}

/** Hands out group ids. It remembers none. */
export class RequestGroupId {
  constructor(
    private readonly tickets: GroupTickets,
    private readonly world: DsWorld,
  ) {}

  execute(): GroupIdOffer {
    const groupId = this.world.crypto.random.uuid();
    return { groupId, ticket: this.tickets.issue(groupId, this.world.clock.now()) };
  }
}
