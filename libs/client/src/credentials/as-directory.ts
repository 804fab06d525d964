import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type AsCredential,
  asCredential,
  asCredentialPayload,
  type AsIntermediateCredential,
  asIntermediateCredential,
  asIntermediateCredentialPayload,
  decode,
  done,
  encode,
  type ExpirationData,
  issuerTbs,
  LABELS,
  liesWithin,
  type Outcome,
  tryDecode,
} from '@phoenix/wire';
import { invalidCredential } from './credential-rule.js';
import { fingerprint, hex } from './fingerprint.js';

/** An intermediate whose chain to a root of its domain was verified. */
export interface TrustedIntermediate {
  /** Fingerprint of its root. */
  readonly root: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly expiration: ExpirationData;
}

/** What is believed of one domain's authentication service; fingerprints in hexadecimal. */
export interface AsDirectory {
  readonly domain: string;
  readonly roots: ReadonlySet<string>;
  readonly intermediates: ReadonlyMap<string, TrustedIntermediate>;
  readonly revoked: ReadonlySet<string>;
}

/** The verified directories by home domain. */
export type AsDirectories = ReadonlyMap<string, AsDirectory>;

/** What `asCredentials` of an AS answers: encoded credentials, and fingerprints of 32 bytes. */
export interface ListedCredentials {
  readonly roots: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly revoked: readonly Uint8Array[];
}

/**
 * Believes what an AS says of itself only as far as it verifies: roots by their own key and domain, intermediates by a
 * root, each validity within its issuer's. What does not verify is left out, so that one odd credential of the future
 * blocks nobody. Expired ones stay: members already present hang on them.
 * Refuses with INVALID_CREDENTIAL when no intermediate is left.
 */
export function verifyAsDirectory(
  crypto: PhoenixCrypto,
  domain: string,
  listed: ListedCredentials,
): Outcome<AsDirectory> {
  const revoked = new Set(listed.revoked.map(hex));
  const roots = new Map<string, AsCredential>();
  for (const root of listed.roots.map((bytes) => tryDecode(() => decode(asCredential, bytes))))
    if (root !== undefined && root.payload.domain === domain && rootHolds(crypto, root))
      roots.set(fingerprint(crypto, asCredential, root), root);
  const intermediates = new Map<string, TrustedIntermediate>();
  for (const child of listed.intermediates.map((bytes) =>
    tryDecode(() => decode(asIntermediateCredential, bytes)),
  )) {
    if (child === undefined || revoked.has(hex(child.payload.signer))) continue;
    const root = roots.get(hex(child.payload.signer));
    const name = fingerprint(crypto, asIntermediateCredential, child);
    if (root !== undefined && !revoked.has(name) && intermediateHolds(crypto, root, child))
      intermediates.set(name, trusted(child));
  }
  if (intermediates.size === 0) return invalidCredential('client.credential.signer');
  return done({ domain, roots: new Set(roots.keys()), intermediates, revoked });
}

function trusted({ payload }: AsIntermediateCredential): TrustedIntermediate {
  return { root: payload.signer, publicKey: payload.publicKey, expiration: payload.expiration };
}

function rootHolds(crypto: PhoenixCrypto, root: AsCredential): boolean {
  const { payload, selfSignature, signature } = root;
  const possession = encode(asCredentialPayload, payload);
  const issued = encode(issuerTbs(asCredentialPayload), { payload, selfSignature });
  return (
    crypto.verifyWithLabel(payload.publicKey, LABELS.asCredentialPayload, possession, selfSignature) &&
    crypto.verifyWithLabel(payload.publicKey, LABELS.asCredential, issued, signature)
  );
}

function intermediateHolds(
  crypto: PhoenixCrypto,
  root: AsCredential,
  child: AsIntermediateCredential,
): boolean {
  const { payload, selfSignature, signature } = child;
  const possession = encode(asIntermediateCredentialPayload, payload);
  const issued = encode(issuerTbs(asIntermediateCredentialPayload), { payload, selfSignature });
  const { publicKey: rootKey, expiration } = root.payload;
  return (
    liesWithin(payload.expiration, expiration) &&
    crypto.verifyWithLabel(
      payload.publicKey,
      LABELS.asIntermediateCredentialPayload,
      possession,
      selfSignature,
    ) &&
    crypto.verifyWithLabel(rootKey, LABELS.asIntermediateCredential, issued, signature)
  );
}
