import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type ClientCredential,
  clientCredential,
  clientCredentialPayload,
  clientCsrTbs,
  done,
  encode,
  isCurrent,
  issuerTbs,
  LABELS,
  liesWithin,
  type Outcome,
} from '@phoenix/wire';
import type { AsDirectories, AsDirectory, TrustedIntermediate } from './as-directory.js';
import { invalidCredential } from './credential-rule.js';
import { fingerprint, hex } from './fingerprint.js';

/**
 * Whether a leaf is about to enter a group, or a joiner finds it there already: of those present, nesting and
 * revocation are checked, not that they still run (docs/protocol §3). Who comes back finds those again that it has known, also revoked.
 */
export type Presence = 'entering' | 'present' | 'known';

/** By whom and when a credential is judged; `nowMs` in UTC milliseconds. */
export interface Judgement {
  readonly directories: AsDirectories;
  readonly presence: Presence;
  readonly nowMs: number;
}

/**
 * Verifies a client's credential up to a root of its home domain. Refuses with INVALID_CREDENTIAL and the rule broken.
 * Source: docs/protocol §3.
 */
export function verifyClientCredential(
  crypto: PhoenixCrypto,
  credential: ClientCredential,
  { directories, presence, nowMs }: Judgement,
): Outcome<ClientCredential> {
  const { payload } = credential;
  const directory = directories.get(payload.clientId.user.domain);
  if (directory === undefined) return invalidCredential('client.credential.domain');
  const issuer = directory.intermediates.get(hex(payload.signer));
  if (issuer === undefined) return invalidCredential('client.credential.signer');
  if (presence !== 'known' && isRevoked(crypto, directory, credential))
    return invalidCredential('client.credential.revoked');
  if (!liesWithin(payload.expiration, issuer.expiration))
    return invalidCredential('client.credential.nesting');
  if (presence === 'entering' && !isCurrent(payload.expiration, nowMs))
    return invalidCredential('client.credential.expired');
  if (!possessionHolds(crypto, credential)) return invalidCredential('client.credential.self-signature');
  if (!issuerHolds(crypto, issuer, credential)) return invalidCredential('client.credential.signature');
  return done(credential);
}

/** The fingerprints of a verified credential and of what it hangs on: were one revoked, it would hold no more. */
export function vouchersOf(
  crypto: PhoenixCrypto,
  directories: AsDirectories,
  credential: ClientCredential,
): Uint8Array[] {
  const { clientId, signer } = credential.payload;
  const issuer = directories.get(clientId.user.domain)?.intermediates.get(hex(signer));
  const own = crypto.sha256(encode(clientCredential, credential));
  return [own, signer, ...(issuer === undefined ? [] : [issuer.root])];
}

function isRevoked(crypto: PhoenixCrypto, directory: AsDirectory, credential: ClientCredential): boolean {
  return directory.revoked.has(fingerprint(crypto, clientCredential, credential));
}

/** The self-signature is the CSR's: the AS sets expiry and signer afterwards. */
function possessionHolds(crypto: PhoenixCrypto, { payload, selfSignature }: ClientCredential): boolean {
  const csr = encode(clientCsrTbs, payload);
  return crypto.verifyWithLabel(payload.publicKey, LABELS.clientCredentialPayload, csr, selfSignature);
}

function issuerHolds(crypto: PhoenixCrypto, issuer: TrustedIntermediate, child: ClientCredential): boolean {
  const { payload, selfSignature, signature } = child;
  const issued = encode(issuerTbs(clientCredentialPayload), { payload, selfSignature });
  return crypto.verifyWithLabel(issuer.publicKey, LABELS.clientCredential, issued, signature);
}
