import { concat, done, formatUuid, LABELS, type Outcome } from '@phoenix/wire';
import type { ClientContext } from '../client-context.js';
import { createUserRecord, deleteUserRecord } from '../services/qs-operations.js';
import type { Account } from './account.js';
import { recordOwnerKey } from './request-keys.js';

/** Makes the account's records at the QS, and its queue; made before with the same content that is a success. */
export function createRecord({ crypto, qs }: ClientContext, account: Account): Promise<Outcome<void>> {
  const { qsUser, qsClient, friendship, queueEncryption } = account;
  const claim = concat(qsUser.id, qsClient.id, qsUser.keys.publicKey);
  const input = {
    userId: formatUuid(qsUser.id),
    userKey: qsUser.keys.publicKey,
    friendshipToken: friendship.friendshipToken,
    clientId: formatUuid(qsClient.id),
    clientKey: qsClient.keys.publicKey,
    clientKeyProof: crypto.signWithLabel(qsClient.keys.privateKey, LABELS.qsClientKey, claim),
    queueEncryptionKey: queueEncryption.publicKey,
  };
  return qs.call(createUserRecord, input, recordOwnerKey('qs-user', qsUser));
}

/** Deletes what the QS has of us. A record that is gone has no key to sign with any more. */
export async function deleteRecord(
  { qs }: ClientContext,
  { qsUser }: Pick<Account, 'qsUser'>,
): Promise<Outcome<void>> {
  const input = { userId: formatUuid(qsUser.id) };
  const deleted = await qs.call(deleteUserRecord, input, recordOwnerKey('qs-user', qsUser));
  const gone = !deleted.ok && ['SIGNATURE_INVALID', 'NOT_FOUND'].includes(deleted.refusal.code);
  return gone ? done() : deleted;
}
