import type { AuthorityKeys } from '../domain/issuer.js';

/** Where the AS keeps what makes it the AS of its domain. */
export abstract class AuthorityStore {
  /** What is stored; undefined before the first boot. */
  abstract load(): Promise<AuthorityKeys | undefined>;

  /**
   * Stores `keys` unless some are stored, atomically, and answers those that are stored afterwards: of two processes that
   * boot at once one wins, and both go on with the winner's.
   */
  abstract establish(keys: AuthorityKeys): Promise<AuthorityKeys>;
}
