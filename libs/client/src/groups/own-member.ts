import type { Account } from '../account/account.js';
import type { OwnLeaf } from '../packages/own-leaf.js';
import type { MemberRecord } from './group-record.js';

/** Ourselves as the others know us: the owner of a leaf. */
export function selfAt(leaf: number, own: OwnLeaf, { credential, friendship }: Account): MemberRecord {
  const { clientId, publicKey } = credential.payload;
  return {
    leaf,
    signatureKey: own.signatureKeys.publicKey,
    pseudonym: own.pseudonym,
    clientId,
    credentialKey: publicKey,
    profileKeys: [friendship.profileKey],
    vouchers: [],
    revoked: 0,
    leftIn: undefined,
  };
}
