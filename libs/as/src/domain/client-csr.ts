import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type ClientCredential,
  clientCsr,
  type ClientCsr,
  clientCsrTbs,
  decode,
  done,
  encode,
  equal,
  LABELS,
  type Outcome,
  refuse,
  tryDecode,
} from '@phoenix/wire';
import type { AsRuleId } from './rules.js';

declare const verified: unique symbol;

/** A CSR whose client has shown that it holds the key and names our home domain. */
export type VerifiedCsr = ClientCsr & { readonly [verified]: true };

const ED25519_PUBLIC_KEY = 32;

const rule = (id: AsRuleId): { rule: AsRuleId } => ({ rule: id });

/**
 * Checks a CSR (docs/protocol §3): `as.csr.encoding`, `as.csr.key`, `as.csr.domain`, `as.csr.proof`.
 * Refuses with BAD_REQUEST for what is no CSR and INVALID_CREDENTIAL, with the rule, for one that must not be signed.
 */
export function verifyCsr(crypto: PhoenixCrypto, domain: string, bytes: Uint8Array): Outcome<VerifiedCsr> {
  const csr = tryDecode(() => decode(clientCsr, bytes));
  if (csr === undefined) return refuse('BAD_REQUEST', rule('as.csr.encoding'));
  if (csr.publicKey.length !== ED25519_PUBLIC_KEY) return refuse('INVALID_CREDENTIAL', rule('as.csr.key'));
  if (csr.clientId.user.domain !== domain) return refuse('INVALID_CREDENTIAL', rule('as.csr.domain'));
  const proven = crypto.verifyWithLabel(
    csr.publicKey,
    LABELS.clientCredentialPayload,
    encode(clientCsrTbs, csr),
    csr.selfSignature,
  );
  return proven ? done(csr as VerifiedCsr) : refuse('INVALID_CREDENTIAL', rule('as.csr.proof'));
}

/** Whether a credential was issued for this very CSR: its self-signature is the CSR's. */
export function answersCsr(credential: ClientCredential, csr: ClientCsr): boolean {
  const { clientId, scheme, publicKey } = credential.payload;
  return (
    equal(encode(clientCsrTbs, { clientId, scheme, publicKey }), encode(clientCsrTbs, csr)) &&
    equal(credential.selfSignature, csr.selfSignature)
  );
}
