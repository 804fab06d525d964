import { done, equal, formatUserId, type Outcome, refuse } from '@phoenix/wire';
import { adminsOf } from './group-policy.js';
import { isAstray } from './presence.js';
import type { Session } from './session.js';

/**
 * Whether, as far as we know, these users can be added: asked before any of their packages is used up. Refuses with NOT_FOUND or
 * FORBIDDEN where we are not in the group or no admin of it, and with ALREADY_EXISTS for someone who is a member.
 */
export async function mayAdd(
  session: Session,
  name: string,
  users: readonly string[],
): Promise<Outcome<void>> {
  const live = await session.group(name);
  if (live === undefined) return refuse('NOT_FOUND', { rule: 'client.group.known' });
  const { status, leaf, members } = live.record;
  // Out of sync we are asked again once we are back.
  if (status !== 'active' && !isAstray(live)) return refuse('FORBIDDEN', { rule: 'client.group.active' });
  if (!adminsOf(live.mls).some((admin) => equal(admin, leaf.pseudonym)))
    return refuse('FORBIDDEN', { rule: 'client.group.admin' });
  const present = members.filter(({ leftIn }) => leftIn === undefined);
  const isDouble = users.some(
    (user, i) =>
      users.indexOf(user) !== i || present.some(({ clientId }) => formatUserId(clientId.user) === user),
  );
  return isDouble ? refuse('ALREADY_EXISTS', { rule: 'client.member.new' }) : done();
}
