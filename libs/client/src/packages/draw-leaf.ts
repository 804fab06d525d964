import type { PhoenixCrypto } from '@phoenix/crypto';
import { type ExpirationData, leafValidity } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { issueLeafCredential } from '../credentials/leaf-credential.js';
import type { OwnLeaf } from './own-leaf.js';

/** A fresh leaf of ours, with the identity that goes into its MLS credential. */
export interface DrawnLeaf {
  readonly leaf: OwnLeaf;
  readonly identity: Uint8Array;
  readonly lifetime: ExpirationData;
}

/**
 * Draws a leaf that shares nothing with any other of ours (docs/protocol §3); `keep` names what an update carries over:
 * the pseudonym of a member that does not want another one.
 */
export function drawLeaf(
  crypto: PhoenixCrypto,
  account: Account,
  nowMs: number,
  keep: { readonly pseudonym?: Uint8Array } = {},
): DrawnLeaf {
  const leaf = {
    pseudonym: keep.pseudonym ?? crypto.random.bytes(32),
    signatureKeys: crypto.signer.generateKeyPair(),
    linkKey: crypto.random.bytes(32),
  };
  const lifetime = leafValidity(nowMs);
  const holder = { credential: account.credential, privateKey: account.credentialKey };
  const signatureKey = leaf.signatureKeys.publicKey;
  const identity = issueLeafCredential(crypto, holder, { ...leaf, signatureKey, expiration: lifetime });
  return { leaf, identity, lifetime };
}
