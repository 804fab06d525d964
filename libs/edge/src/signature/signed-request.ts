import type { KeyId, Outcome } from '@phoenix/wire';

/**
 * A request that states whose key signed it. Nothing it says is true before `authenticate` says so: the use case loads the
 * key that `keyId` names from where it keeps such keys, and asks.
 */
export interface SignedRequest {
  /** Whose key it is said to be. */
  readonly keyId: KeyId;
  /** 16 bytes, drawn by the client. */
  readonly nonce: Uint8Array;
  /** SHA-256 of the exact body, 32 bytes; the edge has compared it with the body already. */
  readonly bodyDigest: Uint8Array;

  /**
   * Verifies the signature under `publicKey` (Ed25519, 32 bytes) and then takes the nonce, once for this key and scope: the
   * scope of a leaf's key is its group. Asking again within one request, with the same key and scope, changes nothing.
   *
   * Refuses with SIGNATURE_INVALID, REQUEST_REPLAYED, or UNAVAILABLE where it cannot be told or remembered whether the nonce was used.
   */
  authenticate(publicKey: Uint8Array, replayScope?: string): Promise<Outcome<void>>;
}
