import type { Outcome } from '@phoenix/wire';

/** One use of a nonce: two uses are the same where key, scope and nonce are. */
export interface NonceUse {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** What the key's nonces are told apart by: a leaf's group; empty for none. */
  readonly scope: string;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
  /** When its request says it was made, in UTC milliseconds: bounds how long the use must be remembered. */
  readonly createdMs: number;
}

/**
 * Where used nonces are remembered (docs/protocol §4): in volatile memory and nowhere else, and under a keyed hash whose key
 * is no older than the memory, so that what is remembered names nobody.
 */
export abstract class NonceStore {
  /**
   * Takes a nonce once for as long as its request would pass as fresh; of concurrent attempts one succeeds. The request is
   * fresh and its signature genuine when this is asked.
   *
   * Refuses with REQUEST_REPLAYED, or with UNAVAILABLE where the store cannot tell or cannot remember: it never forgets
   * early, since that would let a recorded request in a second time.
   */
  abstract take(use: NonceUse): Promise<Outcome<void>>;
}
