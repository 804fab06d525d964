import type { AuthorityKeys, IssuerChanges, StoredIssuer } from '../domain/issuer.js';

/** Where the AS keeps what makes it the AS of its domain. */
export abstract class AuthorityStore {
  /** What is stored; undefined before the first boot. */
  abstract load(): Promise<AuthorityKeys | undefined>;

  /**
   * Stores `keys` unless some are stored, atomically, and answers those that are stored afterwards: of two processes that
   * boot at once one wins, and both go on with the winner's.
   */
  abstract establish(keys: AuthorityKeys): Promise<AuthorityKeys>;

  /**
   * Changes the issuers as `decide` says of those that are stored, atomically and one at a time: of two processes that rotate
   * at once the second decides on what the first has left. Answers the issuers that are stored afterwards.
   */
  abstract rotate(
    decide: (issuers: readonly StoredIssuer[]) => Promise<IssuerChanges>,
  ): Promise<readonly StoredIssuer[]>;

  /** Stores the wrapped OPAQUE set-up unless one is stored, and answers the one that is: it is never replaced. */
  abstract establishOpaqueSetup(wrapped: Uint8Array): Promise<Uint8Array>;

  /** The wrapped OPAQUE set-up; undefined before the first boot. */
  abstract opaqueSetup(): Promise<Uint8Array | undefined>;
}
