import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type ClientCredential,
  concat,
  decode,
  done,
  encode,
  type ExpirationData,
  identityLink,
  type IdentityLink,
  isCurrent,
  isLeafValidity,
  LABELS,
  type LeafCredential,
  leafCredential,
  leafCredentialTbs,
  liesWithin,
  type Outcome,
  pad,
  tryDecode,
  unpad,
} from '@phoenix/wire';
import { invalidCredential } from './credential-rule.js';
import { type Judgement, verifyClientCredential } from './verify-client-credential.js';

/** What a leaf of ours is made of; `pseudonym` and `linkKey` of 32 bytes, fresh for every group and package. */
export interface LeafSpecification {
  readonly pseudonym: Uint8Array;
  readonly signatureKey: Uint8Array;
  readonly linkKey: Uint8Array;
  readonly expiration: ExpirationData;
}

/** Whose leaf it is: a credential and its private key. */
export interface CredentialHolder {
  readonly credential: ClientCredential;
  readonly privateKey: Uint8Array;
}

/** A leaf as a member sees it in the tree, with the link key that its group or package gave. */
export interface LinkedLeaf {
  readonly identity: Uint8Array;
  readonly signatureKey: Uint8Array;
  readonly linkKey: Uint8Array;
}

/** A leaf whose link, chain and signature were verified. */
export interface VerifiedLeaf {
  readonly pseudonym: Uint8Array;
  readonly credential: ClientCredential;
}

/** The `identity` bytes of a leaf: its link to us readable only with the link key (docs/protocol §3). */
export function issueLeafCredential(
  crypto: PhoenixCrypto,
  holder: CredentialHolder,
  leaf: LeafSpecification,
): Uint8Array {
  const signature = crypto.signWithLabel(
    holder.privateKey,
    LABELS.leafCredential,
    encode(leafCredentialTbs, leaf),
  );
  const link = pad(encode(identityLink, { credential: holder.credential, signature }));
  const sealed = crypto.encrypt(leaf.linkKey, linkAad(leaf.pseudonym, leaf.signatureKey), link);
  return encode(leafCredential, { ...leaf, identityLink: sealed });
}

/**
 * Verifies who is behind a leaf: link, chain, the client's signature over pseudonym, validity and signature key.
 * Refuses with INVALID_CREDENTIAL and the rule broken. Source: docs/protocol §3.
 */
export function verifyLeafCredential(
  crypto: PhoenixCrypto,
  leaf: LinkedLeaf,
  judgement: Judgement,
): Outcome<VerifiedLeaf> {
  const outer = leafCredentialOf(leaf.identity);
  if (outer === undefined) return invalidCredential('client.credential.decode');
  if (!isLeafValidity(outer.expiration)) return invalidCredential('client.leaf.validity');
  const link = openLink(crypto, outer, leaf);
  if (link === undefined) return invalidCredential('client.link.open');
  const verified = verifyClientCredential(crypto, link.credential, judgement);
  if (!verified.ok) return verified;
  const { expiration, publicKey } = link.credential.payload;
  if (!liesWithin(outer.expiration, expiration)) return invalidCredential('client.credential.nesting');
  if (judgement.presence === 'entering' && !isCurrent(outer.expiration, judgement.nowMs))
    return invalidCredential('client.credential.expired');
  const tbs = encode(leafCredentialTbs, { ...outer, signatureKey: leaf.signatureKey });
  if (!crypto.verifyWithLabel(publicKey, LABELS.leafCredential, tbs, link.signature))
    return invalidCredential('client.link.signature');
  return done({ pseudonym: outer.pseudonym.slice(), credential: link.credential });
}

/** The LeafCredential in a basic credential's identity; undefined when it is none. */
export function leafCredentialOf(identity: Uint8Array): LeafCredential | undefined {
  return tryDecode(() => decode(leafCredential, identity));
}

function openLink(crypto: PhoenixCrypto, outer: LeafCredential, leaf: LinkedLeaf): IdentityLink | undefined {
  const aad = linkAad(outer.pseudonym, leaf.signatureKey);
  return tryDecode(() => {
    const padded = crypto.decrypt(leaf.linkKey, aad, outer.identityLink);
    return padded && decode(identityLink, unpad(padded));
  });
}

function linkAad(pseudonym: Uint8Array, signatureKey: Uint8Array): Uint8Array {
  return concat(pseudonym, signatureKey);
}
