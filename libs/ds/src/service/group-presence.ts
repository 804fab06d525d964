import { done, type Outcome, refuse } from '@phoenix/wire';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { GroupRow } from '../domain/group-row.js';
import type { MembershipTickets } from '../domain/membership-tickets.js';
import type { GroupStore } from '../ports/group-store.js';
import type { DsWorld } from './ds-world.js';
import { openRoster, openTree } from './open-group.js';
import { type GroupAccess, underEarKey } from './under-ear-key.js';

/** A group, a key, and what says that the one who asks was a member. */
export interface GroupPresenceInput extends GroupAccess {
  readonly membershipTicket: Uint8Array;
}

/**
 * Tells a member what every other operation keeps from those who guess: whether its group is gone (NOT_FOUND), there under
 * another key (EAR_KEY_INVALID), or there and unreadable (DAMAGED). Whoever has no ticket is told NOT_FOUND, and nothing is
 * read for it (docs/adr/0008).
 */
export class GroupPresence {
  constructor(
    private readonly store: GroupStore,
    private readonly tickets: MembershipTickets,
    private readonly world: DsWorld,
  ) {}

  execute(input: GroupPresenceInput): Promise<Outcome<void>> {
    return underEarKey(this.world, input, async (cipher) => {
      if (!this.tickets.verify(input.membershipTicket, input.groupId)) return refuse('NOT_FOUND');
      const row = await this.store.load(input.groupId);
      return row === undefined ? refuse('NOT_FOUND') : presenceOf(cipher, row);
    });
  }
}

function presenceOf(cipher: GroupCipher, row: GroupRow): Outcome<void> {
  const roster = openRoster(cipher, row);
  if (roster.ok) {
    const tree = openTree(cipher, roster.value, row);
    return tree.ok ? done() : tree;
  }
  if (roster.refusal.code === 'DAMAGED') return roster;
  // The roster's commitment may be what was damaged: by the tree's the key is known as well, whatever tag it is bound to.
  const isRightKey = cipher.open('tree', row.generation, row.tree).state !== 'wrong-key';
  return refuse(isRightKey ? 'DAMAGED' : 'EAR_KEY_INVALID');
}
