import { done, type Outcome } from '@phoenix/wire';
import { deleteAllAliases } from '../aliases/delete-alias.js';
import { changeRoles } from '../groups/change-roles.js';
import { deleteGroup } from '../groups/delete-group.js';
import { GROUP } from '../groups/group-record.js';
import { viewOf } from '../groups/group-view.js';
import { isLastAdmin, leaveGroup } from '../groups/leave-group.js';
import { isPresent } from '../groups/presence.js';
import type { LiveGroup, Session } from '../groups/session.js';
import type { OperationRunner } from '../operation-runner.js';

/**
 * Releases every alias, then leaves every group, and so tells its members; one in which we are alone is deleted, and where we are the last admin all
 * others become admins first. Refuses with what a group cannot be left with: then call it again, for those that are left stay so.
 */
export async function leaveEverything(operations: OperationRunner, session: Session): Promise<Outcome<void>> {
  const released = await deleteAllAliases(session);
  if (!released.ok) return released;
  for (const name of await session.work.names(GROUP)) {
    const group = await session.group(name);
    if (group === undefined || !isPresent(group) || group.record.status === 'leaving') continue;
    const left = await leaveOne(operations, session, name);
    if (!left.ok && left.refusal.code !== 'NOT_FOUND') return left;
  }
  return done();
}

async function leaveOne(operations: OperationRunner, session: Session, name: string): Promise<Outcome<void>> {
  const inGroup = (operation: (live: LiveGroup) => Promise<Outcome<void>>) =>
    operations.inGroup(session, name, operation);
  let others: string[] = [];
  const ready = await inGroup((live) => {
    const members = viewOf(live).members.filter(({ leaf }) => leaf !== live.mls.ownLeaf);
    others = members.map(({ user }) => user);
    if (others.length === 0) return deleteGroup(session, live);
    return isLastAdmin(live) ? changeRoles(session, live, { promote: others }) : Promise.resolve(done());
  });
  if (!ready.ok || others.length === 0) return ready;
  return operations.inGroup(session, name, (live) => leaveGroup(session, live), { proposals: 'unheeded' });
}
