import { commitAad, encode, type Outcome, refuse } from '@phoenix/wire';
import { deleteGroup as operation } from '../services/ds-operations.js';
import { adminsOf, isAmong } from './group-policy.js';
import { proposeCommit, sendRequest } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

/** Removes all others, and the group from the DS. Refuses with FORBIDDEN for who is no admin. Source: docs/protocol §7. */
export async function deleteGroup(session: Session, live: LiveGroup): Promise<Outcome<void>> {
  if (!isAdmin(live)) return refuse('FORBIDDEN', { rule: 'client.group.admin' });
  const others = live.mls
    .members()
    .map(({ leaf }) => leaf)
    .filter((leaf) => leaf !== live.mls.ownLeaf);
  if (others.length === 0) return sendRequest(session, live, operation, {});
  return proposeCommit(session, live, {
    operation,
    request: {
      authenticatedData: encode(commitAad, { added: [], own: undefined, ownQueueConfig: undefined }),
      commitPending: true,
      remove: others,
    },
  });
}

/** Whether we administer the group. */
export function isAdmin({ mls, record }: LiveGroup): boolean {
  return isAmong(adminsOf(mls), record.leaf.pseudonym);
}
