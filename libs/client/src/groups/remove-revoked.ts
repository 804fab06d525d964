import { formatUserId } from '@phoenix/wire';
import { adminsOf, isAmong } from './group-policy.js';
import type { GroupRecord, MemberRecord } from './group-record.js';
import type { LiveGroup } from './session.js';

/** The users in a group of whom a credential was revoked. */
export function revokedUsers({ members }: Pick<GroupRecord, 'members'>): string[] {
  const revoked = members.filter((member) => member.leftIn === undefined && member.revoked === 1);
  return [...new Set(revoked.map(({ clientId }) => formatUserId(clientId.user)))];
}

/**
 * Whether it is on us to remove whose credential was revoked: on the admin with the lowest leaf who is not among them, so that not all admins
 * try at once (docs/protocol §3).
 */
export function isDesignatedRemover({
  record,
  mls,
}: Pick<LiveGroup, 'record'> & { readonly mls: Parameters<typeof adminsOf>[0] }): boolean {
  const { members, leaf, status } = record;
  const present = members.filter(({ leftIn }) => leftIn === undefined);
  if (status !== 'active' || !present.some(({ revoked }) => revoked === 1)) return false;
  const admins = adminsOf(mls);
  const able = present.filter(({ pseudonym, revoked }) => revoked === 0 && isAmong(admins, pseudonym));
  const [first] = able.sort((one: MemberRecord, other) => one.leaf - other.leaf);
  return first !== undefined && isAmong([leaf.pseudonym], first.pseudonym);
}
