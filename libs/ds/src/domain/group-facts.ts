/** The operations that make or change a group. */
export type GroupOperation = 'createGroup' | 'addUsers' | 'removeUsers' | 'updateClient';

/** What a policy gets to see of an operation: counts and roles, no ids. */
export interface GroupFacts {
  readonly operation: GroupOperation;
  /** Whether the one who asks is listed as an admin before the operation; of a new group: by it. */
  readonly actorIsAdmin: boolean;
  readonly added: number;
  readonly removed: number;
  /** Members once it is done. */
  readonly members: number;
  /** Members once it is done that are listed as admins. */
  readonly admins: number;
}
