import type { PhoenixCrypto } from '@phoenix/crypto';
import { decode, encode, fixed, struct, u64, utf8 } from '@phoenix/wire';

/** How long a drawn user id may wait for its registration to be finished. */
export const TICKET_LIFETIME_MS = 10 * 60_000;

const ticket = struct({ user: fixed(16), expiresAt: u64 });

/**
 * The ticket between the two steps of a registration: the user id that the AS drew, encrypted under a key of the AS's own.
 * It is the whole state of a registration that has begun, so beginning one costs no row.
 */
export class RegistrationTickets {
  private readonly aad: Uint8Array;

  /** @param key 32 bytes. @param domain the home domain; a ticket is good for one alone. */
  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly key: Uint8Array,
    domain: string,
  ) {
    this.aad = utf8(`registration ticket@${domain}`);
  }

  /** Draws a user id (16 bytes, a random UUID) and seals it; both are worth nothing until the registration is finished. */
  draw(nowMs: number): { user: Uint8Array; ticket: Uint8Array } {
    const user = this.crypto.random.uuid();
    const content = encode(ticket, { user, expiresAt: BigInt(nowMs + TICKET_LIFETIME_MS) });
    return { user, ticket: this.crypto.encrypt(this.key, this.aad, content) };
  }

  /** The user id of a ticket of ours that still runs; undefined for any other bytes. */
  open(sealed: Uint8Array, nowMs: number): Uint8Array | undefined {
    const content = this.crypto.decrypt(this.key, this.aad, sealed);
    if (content === undefined) return undefined;
    const { user, expiresAt } = decode(ticket, content);
    return BigInt(nowMs) < expiresAt ? user : undefined;
  }
}
