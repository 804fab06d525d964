import { commitAad, done, encode, formatUserId, type Outcome, refuse } from '@phoenix/wire';
import { removeUsers } from '../services/ds-operations.js';
import { withAdmins } from './group-policy.js';
import { adminsWithout } from './pending-removals.js';
import { proposeCommit } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

/**
 * Removes all clients of the users, with those whose removal was proposed, and the admins among them from the policy. Refuses with NOT_FOUND
 * when one is no member; `found` remembers who was, for when the operation is made anew: who is gone then need not be removed any more.
 */
export async function removeMembers(
  session: Session,
  live: LiveGroup,
  users: readonly string[],
  found: Set<string>,
): Promise<Outcome<void>> {
  const members = live.record.members.filter(({ leftIn }) => leftIn === undefined);
  const leaving = members.filter(({ clientId }) => users.includes(formatUserId(clientId.user)));
  for (const { clientId } of leaving) found.add(formatUserId(clientId.user));
  if (users.length === 0 || !users.every((user) => found.has(user)))
    return refuse('NOT_FOUND', { rule: 'client.member.known' });
  if (leaving.length === 0) return done();
  const extensions = withAdmins(
    live.mls,
    adminsWithout(
      live,
      leaving.map(({ leaf }) => leaf),
    ),
  );
  return proposeCommit(session, live, {
    operation: removeUsers,
    request: {
      authenticatedData: encode(commitAad, { added: [], own: undefined, ownQueueConfig: undefined }),
      commitPending: true,
      remove: leaving.map(({ leaf }) => leaf),
      ...(extensions === undefined ? {} : { groupContextExtensions: extensions }),
    },
  });
}
