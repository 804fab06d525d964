import { done, formatUserId, type Outcome } from '@phoenix/wire';
import type { ClientEvent } from '../messages/client-event.js';
import { remember } from '../contacts/known-keys.js';
import type { CommitOutcome } from '../mls/mls-group.js';
import { ENTRANCE } from './entrance.js';
import { followMembers, type TakenCommit } from './follow-members.js';
import { brokenPolicy, isByAdmin, isProposed, type PolicyBefore, policyBefore } from './follow-policy.js';
import { mlsGroupIdOf } from './group-name.js';
import { adminsIn, adminsOf, isAmong } from './group-policy.js';
import type { MemberRecord } from './group-record.js';
import { judgeMembers } from './judge-members.js';
import { afterAnother } from './pending-request.js';
import type { LiveGroup, Session } from './session.js';

/**
 * Has the engine `take` a commit, ours or another's, brings what we know of the group up to it, and says what to tell the user
 * about others' doings. `acceptedAt` is when the DS took it, in UTC milliseconds: leaves had to be valid then; `sender` the
 * leaf that it names. A commit with
 * a leaf that does not verify, or that its committer may not make, halts the group: we do not go where someone unknown listens. One that
 * is missing, or that we cannot decrypt though it holds otherwise, leaves us out of sync. Refuses only while there is nothing to
 * verify by.
 */
export async function takeCommit(
  session: Session,
  live: LiveGroup,
  take: () => Promise<CommitOutcome>,
  { acceptedAt, sender }: { readonly acceptedAt: number; readonly sender?: number },
): Promise<Outcome<ClientEvent[]>> {
  const group = live.name;
  const { mls, record } = live;
  const before = policyBefore(mls, record.members, record.open);
  const ownLeaf = mls.ownLeaf;
  const outcome = await take();
  switch (outcome.kind) {
    case 'past':
      return done([]);
    case 'future':
      loseSync(session, live);
      return done([]);
    case 'refused':
      // Were it the group's after all, the next one would be from the future.
      if (!outcome.undecryptable) return done([{ kind: 'unreadable', group, reason: 'commit' }]);
      loseSync(session, live);
      return done(garbled(live, sender));
    case 'untagged':
      loseSync(session, live);
      return done(garbled(live, undefined));
    case 'removed':
      if (outcome.external || !(isByAdmin(before, outcome) || isProposed(outcome, ownLeaf)))
        return done(halt(session, live, 'client.policy.committer'));
      return done(endGroup(session, live, 'removed'));
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
  const { record, mls } = live;
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
    ...(commit.kind === 'merged' ? { pending: undefined } : afterAnother(record)),
    nextLeaf: undefined,
    ...(isAlone(members.value) ? {} : { open: undefined }),
    ...(isOwnUpdate && record.nextLeaf ? { leaf: record.nextLeaf, rotateFirst: 0 } : {}),
  });
  if (commit.kind === 'merged') return done([]);
  return done(tidings(live, { before, commit, formerMembers: record.members }));
}

/** What a commit of another's did, as its user is told. */
function tidings(
  { name: group, record, mls }: LiveGroup,
  change: { before: PolicyBefore; commit: TakenCommit; formerMembers: readonly MemberRecord[] },
): ClientEvent[] {
  const added = usersAt(record.members, change.commit.added);
  const removed = usersAt(change.formerMembers, change.commit.removed);
  const then = usersNamed(change.before.members, adminsIn(change.before.extensions));
  const now = usersNamed(record.members, adminsOf(mls));
  const promoted = now.filter((user) => !then.includes(user));
  const demoted = then.filter((user) => !now.includes(user) && !removed.includes(user));
  const events: ClientEvent[] = [];
  if (added.length + removed.length > 0) events.push({ kind: 'members', group, added, removed });
  if (promoted.length + demoted.length > 0) events.push({ kind: 'roles', group, promoted, demoted });
  return events;
}

/** Who signed what nobody can decrypt: its signature was verified, and that no server has changed it since. */
function garbled({ name: group, record }: LiveGroup, sender: number | undefined): ClientEvent[] {
  const [user] = sender === undefined ? [] : usersAt(record.members, [{ leaf: sender }]);
  return [
    user === undefined
      ? { kind: 'unreadable', group, reason: 'commit' }
      : { kind: 'garbled', group, sender: user },
  ];
}

/** From here on nothing of the group is read or sent, and no commit of ours leads back to it. */
export function halt(session: Session, live: LiveGroup, rule: string): ClientEvent[] {
  session.work.delete(ENTRANCE, live.name);
  session.touch(live, { status: 'halted', pending: undefined, nextLeaf: undefined });
  return [{ kind: 'halted', group: live.name, rule }];
}

/** The DS has the group but cannot open it: told once, until we are back. */
export function noteDamage(session: Session, live: LiveGroup): ClientEvent[] {
  if (live.record.status === 'damaged') return [];
  session.touch(live, { status: 'damaged' });
  return [{ kind: 'damaged', group: live.name }];
}

/** The group is over for us. */
export function endGroup(session: Session, live: LiveGroup, status: 'removed' | 'deleted'): ClientEvent[] {
  session.work.delete(ENTRANCE, live.name);
  session.touch(live, { status, pending: undefined, nextLeaf: undefined, open: undefined });
  return [{ kind: status, group: live.name }];
}

/**
 * The group has gone on where we cannot follow: a commit that we had pending is void. `nextLeaf` stays, for it is what the DS knows us by if
 * the commit that brought it was taken.
 */
export function loseSync(session: Session, live: LiveGroup): void {
  session.touch(live, { ...afterAnother(live.record), status: 'out-of-sync' });
}

function isAlone(members: readonly MemberRecord[]): boolean {
  return members.filter(({ leftIn }) => leftIn === undefined).length === 1;
}

function usersAt(members: readonly MemberRecord[], leaves: readonly { leaf: number }[]): string[] {
  return leaves.flatMap(({ leaf }) => {
    const member = members.find((known) => known.leaf === leaf && known.leftIn === undefined);
    return member === undefined ? [] : [formatUserId(member.clientId.user)];
  });
}

function usersNamed(members: readonly MemberRecord[], pseudonyms: readonly Uint8Array[]): string[] {
  return members
    .filter(({ leftIn, pseudonym }) => leftIn === undefined && isAmong(pseudonyms, pseudonym))
    .map(({ clientId }) => formatUserId(clientId.user));
}
