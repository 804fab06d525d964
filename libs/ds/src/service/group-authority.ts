import type { GroupTickets } from '../domain/group-ticket.js';

/** By what new groups are known as this server's. */
export interface GroupAuthority {
  readonly tickets: GroupTickets;
  /** The one key in `external_senders`. */
  readonly verifyingKey: Uint8Array;
}
