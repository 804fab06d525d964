import type { PhoenixCrypto } from '@phoenix/crypto';
import { LABELS } from '@phoenix/wire';

/**
 * What a member can show when nothing else of it can be verified: `DeriveKey(ticket key, "membership", group uuid)`, 32
 * bytes, which the server remembers nothing for. It never runs out: whoever was a member once knows that the group is
 * there, for it has the EAR key (docs/adr/0008).
 */
export class MembershipTickets {
  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly ticketKey: Uint8Array,
  ) {}

  issue(uuid: Uint8Array): Uint8Array {
    return this.crypto.deriveKey(this.ticketKey, LABELS.membership, uuid);
  }

  /** Whether the ticket was issued here for this UUID. */
  verify(ticket: Uint8Array, uuid: Uint8Array): boolean {
    return this.#blind(ticket) === this.#blind(this.issue(uuid));
  }

  /** Comparing MACs of the tickets tells nothing by how long it takes. */
  #blind(ticket: Uint8Array): string {
    return Buffer.from(this.crypto.hash.hmac(this.ticketKey, ticket)).toString('hex');
  }
}
