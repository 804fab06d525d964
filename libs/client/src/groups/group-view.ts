import { equal, formatUserId } from '@phoenix/wire';
import { adminsOf } from './group-policy.js';
import { GROUP, type GroupStatus } from './group-record.js';
import type { LiveGroup, Session } from './session.js';

/** Someone in a group, as this client verified it. */
export interface GroupMember {
  /** `uuid@domain`. */
  readonly user: string;
  readonly leaf: number;
  readonly isAdmin: boolean;
  /** False once a credential of its was revoked: it may be somebody else by now. */
  readonly isVerified: boolean;
}

/** A group as its user may see it. */
export interface GroupView {
  readonly name: string;
  readonly status: GroupStatus;
  readonly epoch: bigint;
  readonly members: readonly GroupMember[];
}

export function viewOf({ name, record, mls }: LiveGroup): GroupView {
  const admins = adminsOf(mls);
  const members = record.members
    .filter(({ leftIn }) => leftIn === undefined)
    .map(({ leaf, pseudonym, clientId, revoked }) => ({
      user: formatUserId(clientId.user),
      leaf,
      isAdmin: admins.some((admin) => equal(admin, pseudonym)),
      isVerified: revoked === 0,
    }));
  return { name, status: record.status, epoch: mls.epoch, members };
}

/** All groups that we are or were in. */
export async function viewsOf(session: Session): Promise<GroupView[]> {
  const views: GroupView[] = [];
  for (const name of await session.work.names(GROUP)) {
    const live = await session.group(name);
    if (live !== undefined) views.push(viewOf(live));
  }
  return views;
}
