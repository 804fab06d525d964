import { commitAad, done, encode, formatUserId, type Outcome, refuse } from '@phoenix/wire';
import { updateGroupContext } from '../services/ds-operations.js';
import { isAdmin } from './delete-group.js';
import { isAmong, withAdmins } from './group-policy.js';
import { adminsWithout } from './pending-removals.js';
import { proposeCommit } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

/** Who is to become an admin, or to be one no longer: users, `uuid@domain`. */
export interface RoleChange {
  readonly promote?: readonly string[];
  readonly demote?: readonly string[];
}

/**
 * Makes members admins, or takes it from them. Refuses with FORBIDDEN for who is no admin and where none would be left, with NOT_FOUND
 * when somebody is no member. Nothing is sent where the roles are as wanted. Source: docs/protocol §7.
 */
export async function changeRoles(
  session: Session,
  live: LiveGroup,
  { promote = [], demote = [] }: RoleChange,
): Promise<Outcome<void>> {
  if (!isAdmin(live)) return refuse('FORBIDDEN', { rule: 'client.group.admin' });
  const present = live.record.members.filter(({ leftIn }) => leftIn === undefined);
  const namesOf = (users: readonly string[]) =>
    present
      .filter(({ clientId }) => users.includes(formatUserId(clientId.user)))
      .map(({ pseudonym }) => pseudonym);
  const isMember = (user: string) => present.some(({ clientId }) => formatUserId(clientId.user) === user);
  if (![...promote, ...demote].every(isMember)) return refuse('NOT_FOUND', { rule: 'client.member.known' });
  const dropped = namesOf(demote);
  const former = adminsWithout(live);
  const admins = [
    ...former.filter((admin) => !isAmong(dropped, admin)),
    ...namesOf(promote).filter((name) => !isAmong(former, name)),
  ];
  if (!present.some(({ pseudonym }) => isAmong(admins, pseudonym)))
    return refuse('FORBIDDEN', { rule: 'client.policy.last-admin' });
  const groupContextExtensions = withAdmins(live.mls, admins);
  if (groupContextExtensions === undefined) return done();
  return proposeCommit(session, live, {
    operation: updateGroupContext,
    request: {
      authenticatedData: encode(commitAad, { added: [], own: undefined, ownQueueConfig: undefined }),
      groupContextExtensions,
    },
  });
}
