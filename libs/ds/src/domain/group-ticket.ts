import type { PhoenixCrypto } from '@phoenix/crypto';
import { concat, decode, encode, equal, fixed, struct, tryDecode, u64 } from '@phoenix/wire';

/** How long a group id that was handed out may be used. */
export const TICKET_LIFE_MS = 10 * 60_000;

const expiring = struct({ uuid: fixed(16), expires: u64 });
const ticket = struct({ expires: u64, mac: fixed(32) });

/** Tickets for group ids: the server remembers nothing, it knows its own MAC (docs/protocol §7). */
export class GroupTickets {
  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly key: Uint8Array,
  ) {}

  /** A ticket for the group's UUID; `now` in UTC milliseconds. */
  issue(uuid: Uint8Array, now: number): Uint8Array {
    const expires = BigInt(now + TICKET_LIFE_MS);
    return encode(ticket, { expires, mac: this.#mac(uuid, expires) });
  }

  /** Whether the ticket was issued here, for this UUID, and still runs. */
  verify(bytes: Uint8Array, uuid: Uint8Array, now: number): boolean {
    const read = tryDecode(() => decode(ticket, bytes));
    if (read === undefined) return false;
    const { expires, mac } = read;
    return equal(this.#blind(mac), this.#blind(this.#mac(uuid, expires))) && BigInt(now) < expires;
  }

  #mac(uuid: Uint8Array, expires: bigint): Uint8Array {
    return this.crypto.hash.hmac(this.key, encode(expiring, { uuid, expires }));
  }

  /** Comparing MACs of the MACs tells nothing by how long it takes. */
  #blind(mac: Uint8Array): Uint8Array {
    return this.crypto.hash.hmac(this.key, concat(new Uint8Array(1), mac));
  }
}
