import {
  decode,
  done,
  equal,
  type GroupId,
  type GroupKeys,
  memberKeySet,
  type Outcome,
  tryDecode,
} from '@phoenix/wire';
import { invalidCredential } from '../credentials/credential-rule.js';
import type { MlsMember } from '../mls/mls-group.js';
import { mlsGroupIdOf } from './group-name.js';
import type { MemberRecord } from './group-record.js';
import { judgeMembers } from './judge-members.js';
import type { Session } from './session.js';
import { verifyMember } from './verify-member.js';

/** A group that we enter; `members`, as we knew them, where we come back to it. */
export interface VerifiedGroup {
  readonly id: GroupId;
  readonly keys: GroupKeys;
  readonly members?: readonly MemberRecord[];
}

/**
 * Verifies members that were there before us, by the encoded key sets of their leaves: of them it is checked who they are, not that
 * their credentials still run (docs/protocol §3). Refuses with INVALID_CREDENTIAL.
 */
export async function verifyMembers(
  session: Session,
  { id, keys, members: before = [] }: VerifiedGroup,
  members: readonly MlsMember[],
  memberKeys: ReadonlyMap<number, Uint8Array>,
): Promise<Outcome<MemberRecord[]>> {
  const judgement = await judgeMembers(session, { groupId: mlsGroupIdOf(id), keys }, 'present');
  if (!judgement.ok) return judgement;
  const known: MemberRecord[] = [];
  for (const member of members) {
    const encoded = memberKeys.get(member.leaf);
    const keySet = encoded && tryDecode(() => decode(memberKeySet, encoded));
    if (keySet === undefined) return invalidCredential('client.key-set.count');
    const isKnown = before.some(({ signatureKey }) => equal(signatureKey, member.signatureKey));
    const presence = isKnown ? 'known' : 'present';
    const verified = verifyMember({ ...judgement.value, presence }, member, keySet);
    if (!verified.ok) return verified;
    known.push(verified.value);
  }
  return done(known);
}
