import type { ClientId } from '@phoenix/wire';
import type { IssuedCredential } from '../domain/issued-credential.js';

/** The accounts of registered users: their credentials and passwords, and what of them was revoked. User ids are 16 bytes. */
export abstract class AccountStore {
  /** The encoded ClientCredential that a client has now; undefined for a client that we do not know. */
  abstract credential(client: ClientId): Promise<Uint8Array | undefined>;

  /** The user's OPAQUE record; undefined where there is no such user. */
  abstract opaqueRecord(user: Uint8Array): Promise<Uint8Array | undefined>;

  /**
   * Gives a client its next credential in place of `current`, and remembers the old one's fingerprint until it has run out.
   * Answers what the client has afterwards: where it no longer had `current`, nothing has changed; undefined where it is gone.
   */
  abstract renew(
    client: ClientId,
    current: Uint8Array,
    next: IssuedCredential,
  ): Promise<Uint8Array | undefined>;

  /** False where the user is gone. */
  abstract changePassword(user: Uint8Array, opaqueRecord: Uint8Array): Promise<boolean>;

  /**
   * Deletes a user with everything that hangs on it, in one transaction: what was issued to its clients and ends in
   * `nowMonth` or later is revoked, and the id is never made again by a ticket that still runs. False where it was gone.
   */
  abstract deleteUser(user: Uint8Array, nowMonth: number): Promise<boolean>;

  /** Fingerprints that were revoked and have not run out by `nowMonth`, in no order that tells when. */
  abstract revoked(nowMonth: number): Promise<Uint8Array[]>;

  /** Forgets fingerprints, revocations and deleted ids that nothing can refer to any more. */
  abstract forget(nowMonth: number): Promise<void>;
}
