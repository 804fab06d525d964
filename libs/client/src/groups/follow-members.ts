import {
  clientId,
  commitAad,
  type CommitAad,
  decode,
  done,
  encode,
  equal,
  formatClientId,
  type MemberKeySet,
  type Outcome,
  tryDecode,
} from '@phoenix/wire';
import { invalidCredential } from '../credentials/credential-rule.js';
import { followKeySuccession } from '../credentials/key-succession.js';
import type { CommitOutcome, MlsMember } from '../mls/mls-group.js';
import type { MemberRecord } from './group-record.js';
import { withProfileKey } from './profile-keys.js';
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
    const owner = ownerBefore(before, commit, member);
    if (owner === 'nobody' || (owner && !isSameMember(owner, verified.value, commit)))
      return invalidCredential('client.leaf.owner');
    const followed = owner === undefined ? done() : followKey(judgement, owner, verified.value);
    if (!followed.ok) return followed;
    const profileKeys = withProfileKey(owner?.profileKeys ?? [], verified.value.profileKeys[0]);
    members.push({ ...verified.value, profileKeys });
  }
  return hasUniquePseudonyms(members) ? done(members) : invalidCredential('client.leaf.pseudonym');
}

/**
 * Adds fill leaves from the left, so their key sets are in the order of their leaves; a committer brings its own, and so does who
 * enters from outside.
 */
function keySetsOf(commit: TakenCommit, aad: CommitAad): Outcome<[MlsMember, MemberKeySet][]> {
  const [update, ...others] = commit.updated;
  if (others.length > 0 || (update !== undefined && update.after.leaf !== commit.committer))
    return invalidCredential('client.leaf.owner');
  const added = commit.external ? [] : [...commit.added].sort((a, b) => a.leaf - b.leaf);
  const own = update?.after ?? (commit.external ? commit.added[0] : undefined);
  if (commit.external && commit.added.length + commit.updated.length !== 1)
    return invalidCredential('client.leaf.owner');
  if (added.length !== aad.added.length || (own === undefined) !== (aad.own === undefined))
    return invalidCredential('client.key-set.count');
  const pairs = added.map((member, i): [MlsMember, MemberKeySet] => [member, aad.added[i]!]);
  if (own !== undefined && aad.own !== undefined) pairs.push([own, aad.own]);
  return done(pairs);
}

/** Whom a leaf was of before the commit that changed it; undefined for someone new. */
function ownerBefore(
  members: readonly MemberRecord[],
  commit: TakenCommit,
  { leaf }: MlsMember,
): MemberRecord | 'nobody' | undefined {
  const change = commit.updated.find(({ after }) => after.leaf === leaf);
  if (change === undefined) return undefined;
  // Who comes back from outside may take another place (RFC 9420 §12.4.3.2); nobody else does.
  if (!commit.external && change.before.leaf !== leaf) return 'nobody';
  const known = members.find((one) => one.leaf === change.before.leaf && one.leftIn === undefined);
  return known ?? 'nobody';
}

/** The same client, and from outside under its pseudonym, too (docs/protocol §7). */
function isSameMember(before: MemberRecord, after: MemberRecord, { external }: TakenCommit): boolean {
  return (
    equal(encode(clientId, before.clientId), encode(clientId, after.clientId)) &&
    (!external || equal(before.pseudonym, after.pseudonym))
  );
}

/** Whether a member's leaf is still under the credential key that it was under, or under one that this key has handed over to. */
function followKey(
  { crypto, successions }: MemberJudgement,
  { clientId: id, credentialKey }: MemberRecord,
  after: MemberRecord,
): Outcome<void> {
  const steps = successions.get(formatClientId(id)) ?? [];
  const payload = { clientId: after.clientId, publicKey: after.credentialKey };
  return followKeySuccession(crypto, { clientId: id, publicKey: credentialKey }, { payload }, steps);
}

/** Whether no two present leaves share a pseudonym. */
export function hasUniquePseudonyms(members: readonly MemberRecord[]): boolean {
  const present = members.filter(({ leftIn }) => leftIn === undefined);
  return new Set(present.map(({ pseudonym }) => String(pseudonym))).size === present.length;
}
