import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type ConnectionOffer,
  connectionOffer,
  connectionOfferTbs,
  decode,
  encode,
  equal,
  formatUserId,
  LABELS,
  type Outcome,
  type SealedConnectionOffer,
  tryDecode,
  unpad,
  userId,
  type UserId,
  done,
} from '@phoenix/wire';
import { agreesWith, type KnownKeys } from '../contacts/known-keys.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import { type Judgement, verifyClientCredential } from '../credentials/verify-client-credential.js';
import { invalidOffer } from './connection-rule.js';

/** What an offer is judged by; `self` is whom it came to. */
export interface OfferJudgement extends Judgement {
  readonly self: UserId;
  readonly knownKeys: KnownKeys;
}

/** What a package's key opens; undefined where it was sealed to another, whoever sent it. */
export function openOffer(
  crypto: PhoenixCrypto,
  { packageHash, sealed }: SealedConnectionOffer,
  privateKey: Uint8Array,
): Uint8Array | undefined {
  return crypto.openWithLabel(privateKey, LABELS.connectionOffer, packageHash, sealed);
}

/**
 * Verifies what a package's key has opened (docs/protocol §5): the package it names, who sends it up to a root, that it is nobody who
 * goes by another key than the one we know, and that this key signed all of it. Refuses with INVALID_CREDENTIAL or INVALID_GROUP.
 */
export function verifyOffer(
  crypto: PhoenixCrypto,
  padded: Uint8Array,
  packageHash: Uint8Array,
  judgement: OfferJudgement,
): Outcome<ConnectionOffer> {
  const offer = tryDecode(() => decode(connectionOffer, unpad(padded)));
  if (offer === undefined) return invalidOffer('client.offer.decode');
  if (!equal(offer.packageHash, packageHash)) return invalidOffer('client.offer.package');
  const verified = verifyClientCredential(crypto, offer.credential, judgement);
  if (!verified.ok) return verified;
  const { clientId, publicKey } = offer.credential.payload;
  const tbs = encode(connectionOfferTbs, offer);
  if (!crypto.verifyWithLabel(publicKey, LABELS.connectionOffer, tbs, offer.signature))
    return invalidOffer('client.offer.signature');
  if (equal(encode(userId, clientId.user), encode(userId, judgement.self)))
    return invalidOffer('client.connect.self');
  if (!agreesWith(judgement.knownKeys, clientId, publicKey))
    return invalidCredential('client.contact.identity');
  return done(offer);
}

/** Who an offer says it is from, believed by nobody; empty where it does not even say that. */
export function claimedSender(padded: Uint8Array): string {
  const offer = tryDecode(() => decode(connectionOffer, unpad(padded)));
  return offer === undefined ? '' : formatUserId(offer.credential.payload.clientId.user);
}
