/** The last two encrypted profiles of each user; users are 16 bytes, as are key ids. */
export abstract class ProfileStore {
  /**
   * Stores a profile: in place of the one under the same key id, else as the newest, whereupon the last but one is gone.
   * False where there is no such user.
   */
  abstract put(user: Uint8Array, keyId: Uint8Array, profile: Uint8Array): Promise<boolean>;

  /** The profile under a key id; undefined where there is none, whatever the reason. */
  abstract read(user: Uint8Array, keyId: Uint8Array): Promise<Uint8Array | undefined>;
}
