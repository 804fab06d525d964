/** An add package at rest: public, as its takers get it. */
export interface StoredAddPackage {
  /** KeyPackageRef, 32 bytes. */
  readonly ref: Uint8Array;
  readonly lastResort: boolean;
  readonly encoded: Uint8Array;
}

/** Pre-published key material, by client. Every verb is one transaction. */
export abstract class AddPackageStore {
  /** Replaces all packages of a client; nothing when the client is gone. */
  abstract replaceAll(clientId: Uint8Array, packages: readonly StoredAddPackage[]): Promise<void>;

  /**
   * One package for each client of the user with that friendship hash, drawn at random: a one-time package is given to
   * one taker only and gone; where none is left, a last resort, which stays. Undefined when there is no such user.
   */
  abstract takeOneEach(friendshipHash: Uint8Array): Promise<Uint8Array[] | undefined>;
}
