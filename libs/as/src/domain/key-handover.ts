import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type ClientCredential,
  clientId,
  done,
  encode,
  equal,
  keySuccession,
  keySuccessionTbs,
  LABELS,
  type Outcome,
  refuse,
  tryDecode,
  decode,
} from '@phoenix/wire';
import type { VerifiedCsr } from './client-csr.js';
import type { AsRuleId } from './rules.js';

/**
 * Checks that a client's present key hands over to the key of a CSR (docs/protocol §3): `as.succession.encoding`,
 * `as.succession.subject`, `as.succession.signature`. The request alone does not do: contacts will want to see this.
 */
export function verifyHandover(
  crypto: PhoenixCrypto,
  present: ClientCredential,
  csr: VerifiedCsr,
  bytes: Uint8Array,
): Outcome<VerifiedCsr> {
  const succession = tryDecode(() => decode(keySuccession, bytes));
  if (succession === undefined) return refuse('BAD_REQUEST', rule('as.succession.encoding'));
  const client = encode(clientId, present.payload.clientId);
  const fits =
    equal(encode(clientId, succession.clientId), client) &&
    equal(encode(clientId, csr.clientId), client) &&
    equal(succession.formerKey, present.payload.publicKey) &&
    equal(succession.nextKey, csr.publicKey);
  if (!fits) return refuse('INVALID_CREDENTIAL', rule('as.succession.subject'));
  const content = encode(keySuccessionTbs, succession);
  const signed = crypto.verifyWithLabel(
    present.payload.publicKey,
    LABELS.keySuccession,
    content,
    succession.signature,
  );
  return signed ? done(csr) : refuse('INVALID_CREDENTIAL', rule('as.succession.signature'));
}

const rule = (id: AsRuleId): { rule: AsRuleId } => ({ rule: id });
