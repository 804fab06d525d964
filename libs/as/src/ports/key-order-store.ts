/**
 * The order in which rows lie in the database, and the transactions that wrote them: nothing of it may say when a row was
 * made, or beside which other (docs/adr/0011). Others wait for as long as it takes, and lose nothing.
 */
export abstract class KeyOrderStore {
  /** Rewrites aliases with all that is theirs in the order of their keys. */
  abstract rewriteAliases(): Promise<void>;

  /** Rewrites users with all that is theirs in the order of their keys, once for each month; false where it was done. */
  abstract rewriteUsers(month: number): Promise<boolean>;
}
