/** Operations that are a member's commit. */
export type MemberOperation =
  'addUsers' | 'removeUsers' | 'updateClient' | 'updateGroupContext' | 'deleteGroup';

/** Operations that are a commit from outside the group. */
export type ExternalOperation = 'joinConnectionGroup' | 'resyncClient';

/** The operations that make or change a group. */
export type GroupOperation = 'createGroup' | 'selfRemoveUser' | MemberOperation | ExternalOperation;

/** What a policy gets to see of an operation: counts and roles, no ids. A Remove that is proposed counts as done. */
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
