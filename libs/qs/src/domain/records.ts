/** A user's record: a pseudonym of the QS, in no relation to the AS's user id. */
export interface UserRecord {
  readonly userId: Uint8Array;
  /** Verifies `qs-user` requests; Ed25519. */
  readonly userKey: Uint8Array;
  /** SHA-256 of the friendship token: a snapshot must not yield packages. */
  readonly friendshipHash: Uint8Array;
}

/** A client's record. Its queue is kept apart, as a QueueHead. */
export interface ClientRecord {
  readonly clientId: Uint8Array;
  readonly userId: Uint8Array;
  /** Verifies `qs-client` requests and signs queue configs; Ed25519. */
  readonly clientKey: Uint8Array;
  /** The month the client was last seen in, since January 1970. */
  readonly activeMonth: number;
}
