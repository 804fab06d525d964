import type { PhoenixCrypto } from '@phoenix/crypto';
import { concat, done, type GroupKeys, type MemberKeySet, type Outcome } from '@phoenix/wire';
import { invalidCredential } from './credential-rule.js';

/** Which member of which group a key set is for: `groupId` as MLS carries it, `pseudonym` of 32 bytes. */
export interface KeySetOwner {
  readonly groupId: Uint8Array;
  readonly pseudonym: Uint8Array;
}

/** A member's link key and profile key, of 32 bytes each. */
export interface MemberKeys {
  readonly linkKey: Uint8Array;
  readonly profileKey: Uint8Array;
}

/** Wraps a member's keys for its group: the DS keeps the result and opens neither (docs/protocol §3). */
export function wrapMemberKeys(
  crypto: PhoenixCrypto,
  group: GroupKeys,
  owner: KeySetOwner,
  keys: MemberKeys,
): MemberKeySet {
  const aad = concat(owner.groupId, owner.pseudonym);
  return {
    wrappedLinkKey: crypto.encrypt(group.credentialKey, aad, keys.linkKey),
    wrappedProfileKey: crypto.encrypt(group.profileKeyWrapper, aad, keys.profileKey),
  };
}

/** Opens a member's wrapped keys; refuses with INVALID_CREDENTIAL what was wrapped for another member, group or under other keys. */
export function unwrapMemberKeys(
  crypto: PhoenixCrypto,
  group: GroupKeys,
  owner: KeySetOwner,
  wrapped: MemberKeySet,
): Outcome<MemberKeys> {
  const aad = concat(owner.groupId, owner.pseudonym);
  const linkKey = crypto.decrypt(group.credentialKey, aad, wrapped.wrappedLinkKey);
  const profileKey = crypto.decrypt(group.profileKeyWrapper, aad, wrapped.wrappedProfileKey);
  if (linkKey?.length !== 32 || profileKey?.length !== 32) return invalidCredential('client.key-set.open');
  return done({ linkKey, profileKey });
}
