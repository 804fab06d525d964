import { done, formatUserId, type Outcome } from '@phoenix/wire';
import type { ClientEvent } from '../messages/client-event.js';
import { remember } from '../contacts/known-keys.js';
import type { CommitOutcome } from '../mls/mls-group.js';
import { followMembers, type TakenCommit } from './follow-members.js';
import { brokenPolicy, isByAdmin, type PolicyBefore, policyBefore } from './follow-policy.js';
import { mlsGroupIdOf } from './group-name.js';
import type { MemberRecord } from './group-record.js';
import { judgeMembers } from './judge-members.js';
import type { LiveGroup, Session } from './session.js';

/**
 * Has the engine `take` a commit, ours or another's, brings what we know of the group up to it, and says what to tell the user
 * about others' doings. `acceptedAt` is when the DS took it, in UTC milliseconds: leaves had to be valid then. A commit with
 * a leaf that does not verify, or that its committer may not make, halts the group: we do not go where someone unknown listens. Refuses only
 * while there is nothing to verify by.
 */
export async function takeCommit(
  session: Session,
  live: LiveGroup,
  take: () => Promise<CommitOutcome>,
  acceptedAt: number,
): Promise<Outcome<ClientEvent[]>> {
  const group = live.name;
  const before = policyBefore(live.mls, live.record.members);
  const outcome = await take();
  switch (outcome.kind) {
    case 'past':
      return done([]);
    case 'future':
      return done(halt(session, live, 'client.commit.missing'));
    case 'refused':
      // Were it the group's after all, the next one would be from the future.
      return done([{ kind: 'unreadable', group, reason: 'commit' }]);
    case 'removed':
      if (!isByAdmin(before, outcome)) return done(halt(session, live, 'client.policy.committer'));
      session.touch(live, { status: 'removed', pending: undefined, nextLeaf: undefined });
      return done([{ kind: 'removed', group }]);
    case 'applied':
    case 'merged':
      return follow(session, live, { before, commit: outcome, acceptedAt });
  }
}

async function follow(
  session: Session,
  live: LiveGroup,
  { before, commit, acceptedAt }: { before: PolicyBefore; commit: TakenCommit; acceptedAt: number },
): Promise<Outcome<ClientEvent[]>> {
  const { record, mls, name: group } = live;
  const groupId = mlsGroupIdOf(record.id);
  const judgement = await judgeMembers(session, { groupId, keys: record.keys }, 'entering');
  if (!judgement.ok) return judgement;
  const entering = { ...judgement.value, nowMs: acceptedAt };
  const members = followMembers(entering, record.members, commit, mls.epoch);
  if (!members.ok) return done(halt(session, live, members.refusal.rule ?? members.refusal.code));
  const broken = commit.kind === 'applied' && brokenPolicy(before, commit, mls, members.value);
  if (broken) return done(halt(session, live, broken));
  for (const { clientId, credentialKey } of members.value)
    await remember(session.work, clientId, credentialKey);
  if (commit.kind === 'merged' && record.pending !== undefined) live.merged = record.pending;
  const isOwnUpdate = commit.kind === 'merged' && record.nextLeaf !== undefined;
  session.touch(live, {
    members: members.value,
    pending: undefined,
    nextLeaf: undefined,
    ...(isOwnUpdate && record.nextLeaf ? { leaf: record.nextLeaf, rotateFirst: 0 } : {}),
  });
  if (commit.kind === 'merged') return done([]);
  const added = usersAt(members.value, commit.added);
  const removed = usersAt(record.members, commit.removed);
  return done(added.length + removed.length === 0 ? [] : [{ kind: 'members', group, added, removed }]);
}

/** From here on nothing of the group is read or sent. */
export function halt(session: Session, live: LiveGroup, rule: string): ClientEvent[] {
  session.touch(live, { status: 'halted', pending: undefined, nextLeaf: undefined });
  return [{ kind: 'halted', group: live.name, rule }];
}

function usersAt(members: readonly MemberRecord[], leaves: readonly { leaf: number }[]): string[] {
  return leaves.flatMap(({ leaf }) => {
    const member = members.find((known) => known.leaf === leaf && known.leftIn === undefined);
    return member === undefined ? [] : [formatUserId(member.clientId.user)];
  });
}
