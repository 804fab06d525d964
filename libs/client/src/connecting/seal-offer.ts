import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  connectionOffer,
  connectionOfferTbs,
  encode,
  formatUuid,
  LABELS,
  pad,
  sealedConnectionOffer,
  utf8,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { GroupRecord, PendingRequest } from '../groups/group-record.js';
import { enqueueAliasOffer, enqueueConnectionOffer } from '../services/as-connection-operations.js';
import { prepare } from '../services/operation.js';
import type { TakenPackage } from './take-package.js';
import type { Target } from './target.js';

/** An offer of a group to whoever has a package's private key: signed by us, padded, sealed (docs/protocol §5). */
export function sealOffer(
  crypto: PhoenixCrypto,
  { credential, credentialKey }: Account,
  { encryptionKey, hash: packageHash }: Pick<TakenPackage, 'encryptionKey' | 'hash'>,
  { id: groupId, keys: groupKeys }: Pick<GroupRecord, 'id' | 'keys'>,
): Uint8Array {
  const tbs = { credential, groupId, groupKeys, packageHash };
  const signed = encode(connectionOfferTbs, tbs);
  const signature = crypto.signWithLabel(credentialKey, LABELS.connectionOffer, signed);
  const padded = pad(encode(connectionOffer, { ...tbs, signature }));
  const sealed = crypto.sealWithLabel(encryptionKey, LABELS.connectionOffer, packageHash, padded);
  padded.fill(0);
  return encode(sealedConnectionOffer, { packageHash, sealed });
}

/** The request that leaves an offer with whom it is for, to be sent again as it is until it is answered. */
export function offerRequest(target: Target, { owner }: TakenPackage, offer: Uint8Array): PendingRequest {
  const isDirect = target.kind === 'user' && owner !== undefined;
  const operation = isDirect ? enqueueConnectionOffer : enqueueAliasOffer;
  const input = isDirect
    ? { clientId: formatUuid(owner.payload.clientId.uuid), offer }
    : { alias: target.kind === 'alias' ? target.alias : '', offer };
  return { field: utf8(operation.field), body: prepare(operation, input) };
}
