import {
  clientId,
  commitAad,
  type CommitAad,
  decode,
  done,
  encode,
  equal,
  type MemberKeySet,
  type Outcome,
  tryDecode,
} from '@phoenix/wire';
import { invalidCredential } from '../credentials/credential-rule.js';
import type { CommitOutcome, MlsMember } from '../mls/mls-group.js';
import type { MemberRecord } from './group-record.js';
import { type MemberJudgement, verifyMember } from './verify-member.js';

/** A commit that changed the group, another's or ours. */
export type TakenCommit = Extract<CommitOutcome, { kind: 'applied' | 'merged' }>;

/** How many epochs a former leaf is remembered for late messages; the engine reads no more. */
const REMEMBERED_EPOCHS = 4n;

/**
 * The members after a commit that leads to `epoch`: each leaf that it added or changed is verified with the key set that the
 * commit's authenticated data brings for it (docs/protocol §3, §7). Refuses with INVALID_CREDENTIAL.
 */
export function followMembers(
  judgement: MemberJudgement,
  before: readonly MemberRecord[],
  commit: TakenCommit,
  epoch: bigint,
): Outcome<MemberRecord[]> {
  const aad = tryDecode(() => decode(commitAad, commit.authenticatedData));
  if (aad === undefined) return invalidCredential('client.key-set.count');
  const entering = keySetsOf(commit, aad);
  if (!entering.ok) return entering;
  const gone = new Set(
    [...commit.removed, ...commit.updated.map((change) => change.before)].map(({ leaf }) => leaf),
  );
  const members = before
    .filter(({ leftIn }) => leftIn === undefined || leftIn + REMEMBERED_EPOCHS > epoch)
    .map((member) =>
      member.leftIn === undefined && gone.has(member.leaf) ? { ...member, leftIn: epoch } : member,
    );
  for (const [member, keySet] of entering.value) {
    const verified = verifyMember(judgement, member, keySet);
    if (!verified.ok) return verified;
    if (isUpdate(commit, member) && !isSameClient(before, verified.value))
      return invalidCredential('client.leaf.owner');
    members.push(verified.value);
  }
  return hasUniquePseudonyms(members) ? done(members) : invalidCredential('client.leaf.pseudonym');
}

/** Adds fill leaves from the left, so their key sets are in the order of their leaves; a committer brings its own. */
function keySetsOf(commit: TakenCommit, aad: CommitAad): Outcome<[MlsMember, MemberKeySet][]> {
  const added = [...commit.added].sort((a, b) => a.leaf - b.leaf);
  const [update, ...others] = commit.updated;
  if (others.length > 0 || (update !== undefined && update.after.leaf !== commit.committer))
    return invalidCredential('client.leaf.owner');
  if (added.length !== aad.added.length || (update === undefined) !== (aad.own === undefined))
    return invalidCredential('client.key-set.count');
  const pairs = added.map((member, i): [MlsMember, MemberKeySet] => [member, aad.added[i]!]);
  if (update !== undefined && aad.own !== undefined) pairs.push([update.after, aad.own]);
  return done(pairs);
}

function isUpdate(commit: TakenCommit, { leaf }: MlsMember): boolean {
  return commit.updated.some(({ after }) => after.leaf === leaf);
}

function isSameClient(before: readonly MemberRecord[], after: MemberRecord): boolean {
  const then = before.find(({ leaf, leftIn }) => leaf === after.leaf && leftIn === undefined);
  return (
    then !== undefined &&
    equal(encode(clientId, then.clientId), encode(clientId, after.clientId)) &&
    equal(then.credentialKey, after.credentialKey)
  );
}

/** Whether no two present leaves share a pseudonym. */
export function hasUniquePseudonyms(members: readonly MemberRecord[]): boolean {
  const present = members.filter(({ leftIn }) => leftIn === undefined);
  return new Set(present.map(({ pseudonym }) => String(pseudonym))).size === present.length;
}
