import type { ClientId } from '@phoenix/wire';
import type { IssuedCredential } from '../domain/issued-credential.js';

/** A user in the making. */
export interface NewUser {
  readonly client: ClientId;
  /** OPAQUE RegistrationRecord. */
  readonly opaqueRecord: Uint8Array;
  /** SHA-256 of the invitation code that is spent with it, where the policy wants one. */
  readonly invitation: Uint8Array | undefined;
}

/**
 * What a registration came to: the encoded credential that the client has; `taken` where the user exists, or existed and was
 * deleted, and is not this client's; `uninvited` where the invitation does not exist or was spent on another.
 */
export type Registration =
  | { readonly kind: 'registered'; readonly credential: Uint8Array }
  | { readonly kind: 'taken' }
  | { readonly kind: 'uninvited' };

/** Where registered users and their clients are made, and the invitations that this spends. */
export abstract class RegistrationStore {
  /**
   * Makes the user with its first client and spends its invitation, all or nothing. Where the user exists nothing is spent
   * or changed, and its client is answered what it has.
   *
   * `sign` is called inside the transaction that makes the user, at most once: a credential is signed for a user that
   * exists or not at all. Of any number of concurrent calls for one user, or with one invitation, exactly one makes it.
   */
  abstract register(user: NewUser, sign: () => Promise<IssuedCredential>): Promise<Registration>;

  /** Makes invitations valid: SHA-256 of their codes. */
  abstract invite(codes: readonly Uint8Array[]): Promise<void>;

  /** The hashes of the codes that are not spent, sorted. */
  abstract invitations(): Promise<Uint8Array[]>;
}
