/**
 * OPAQUE hand-shakes between their two messages: volatile, at most one a client, under a name that a memory dump does not
 * read as a client's (docs/protocol §4).
 */
export abstract class HandshakeStore {
  /** Keeps a client's hand-shake in place of any earlier one; false where the client has begun too many. */
  abstract begin(client: string, state: Uint8Array): Promise<boolean>;

  /** A client's hand-shake, once, while it has not expired. */
  abstract take(client: string): Promise<Uint8Array | undefined>;

  /** Remembers that a request (SHA-256 of its body) had its effect, so that its retry is answered alike. */
  abstract settle(client: string, requestDigest: Uint8Array): Promise<void>;

  /** Whether this very request had its effect a short while ago. */
  abstract isSettled(client: string, requestDigest: Uint8Array): Promise<boolean>;
}

/** How long a hand-shake may take: stretching a password can take long on a small device. */
export const HANDSHAKE_LIFETIME_MS = 5 * 60_000;
/** Each hand-shake is one guess for whoever has stolen a client's key but not the password. */
export const HANDSHAKES_AN_HOUR = 10;
