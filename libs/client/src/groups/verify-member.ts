import type { PhoenixCrypto } from '@phoenix/crypto';
import { done, type GroupKeys, type MemberKeySet, type Outcome } from '@phoenix/wire';
import { agreesWith, type KnownKeys } from '../contacts/known-keys.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import { hex } from '../credentials/fingerprint.js';
import { leafCredentialOf, verifyLeafCredential } from '../credentials/leaf-credential.js';
import type { Successions } from '../credentials/succession-record.js';
import { unwrapMemberKeys } from '../credentials/member-key-set.js';
import { type Judgement, vouchersOf } from '../credentials/verify-client-credential.js';
import type { MlsMember } from '../mls/mls-group.js';
import type { MemberRecord } from './group-record.js';

/** What a group's leaves are judged by. */
export interface MemberJudgement extends Judgement {
  readonly crypto: PhoenixCrypto;
  /** The MLS group_id. */
  readonly groupId: Uint8Array;
  readonly keys: GroupKeys;
  readonly knownKeys: KnownKeys;
  readonly successions: Successions;
}

/**
 * Finds out who is behind a leaf: opens its link key with the group's keys, then verifies link, chain and pseudonym, and that
 * a contact is still the one we know; its profile key comes with it. Refuses with INVALID_CREDENTIAL. Source: docs/protocol §3.
 */
export function verifyMember(
  judgement: MemberJudgement,
  { leaf, identity, signatureKey }: MlsMember,
  wrapped: MemberKeySet,
): Outcome<MemberRecord> {
  const { crypto, groupId, keys } = judgement;
  const pseudonym = leafCredentialOf(identity)?.pseudonym;
  if (pseudonym === undefined) return invalidCredential('client.credential.decode');
  const opened = unwrapMemberKeys(crypto, keys, { groupId, pseudonym }, wrapped);
  if (!opened.ok) return opened;
  const linked = { identity, signatureKey, linkKey: opened.value.linkKey };
  const verified = verifyLeafCredential(crypto, linked, judgement);
  if (!verified.ok) return verified;
  const { clientId, publicKey: credentialKey } = verified.value.credential.payload;
  if (!agreesWith(judgement.knownKeys, clientId, credentialKey))
    return invalidCredential('client.contact.identity');
  const { directories } = judgement;
  const vouchers = vouchersOf(crypto, directories, verified.value.credential);
  const isRevoked = vouchers.some((each) => directories.get(clientId.user.domain)?.revoked.has(hex(each)));
  return done({
    leaf,
    signatureKey,
    pseudonym,
    clientId,
    credentialKey,
    profileKeys: [opened.value.profileKey],
    vouchers,
    revoked: isRevoked ? 1 : 0,
    leftIn: undefined,
  });
}
