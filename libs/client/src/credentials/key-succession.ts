import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type ClientCredential,
  type ClientId,
  clientId,
  decode,
  done,
  encode,
  equal,
  type KeySuccession,
  keySuccession,
  keySuccessionTbs,
  LABELS,
  type Outcome,
  tryDecode,
} from '@phoenix/wire';
import { invalidCredential } from './credential-rule.js';
import type { CredentialHolder } from './leaf-credential.js';

/** However often a contact changed its key while we were away. */
const MOST_STEPS = 16;

/** The encoded KeySuccession by which a client hands over from the key that it has to `nextKey` (docs/protocol §3). */
export function issueKeySuccession(
  crypto: PhoenixCrypto,
  { credential: { payload }, privateKey }: CredentialHolder,
  nextKey: Uint8Array,
): Uint8Array {
  const tbs = { ...payload, formerKey: payload.publicKey, nextKey };
  const signature = crypto.signWithLabel(privateKey, LABELS.keySuccession, encode(keySuccessionTbs, tbs));
  return encode(keySuccession, { ...tbs, signature });
}

/**
 * Whether a credential is over the key that we know its client by, or over one that this key, step by step, has handed over
 * to. An AS can sign any key for anybody; it cannot sign as the key that a contact had when we met.
 * Refuses with INVALID_CREDENTIAL (`client.succession.missing`).
 */
export function followKeySuccession(
  crypto: PhoenixCrypto,
  known: { readonly clientId: ClientId; readonly publicKey: Uint8Array },
  credential: Pick<ClientCredential, 'payload'>,
  successions: readonly Uint8Array[],
): Outcome<void> {
  const target = credential.payload.publicKey;
  const who = encode(clientId, known.clientId);
  if (!equal(encode(clientId, credential.payload.clientId), who))
    return invalidCredential('client.succession.missing');
  let key = known.publicKey;
  const steps = successions.flatMap((bytes) => tryDecode(() => decode(keySuccession, bytes)) ?? []);
  for (let step = 0; step < MOST_STEPS && !equal(key, target); step++) {
    const next = steps.find((each) => leadsOn(crypto, who, key, each));
    if (next === undefined) return invalidCredential('client.succession.missing');
    key = next.nextKey;
  }
  return equal(key, target) ? done() : invalidCredential('client.succession.missing');
}

function leadsOn(crypto: PhoenixCrypto, who: Uint8Array, key: Uint8Array, step: KeySuccession): boolean {
  return (
    equal(encode(clientId, step.clientId), who) &&
    equal(step.formerKey, key) &&
    crypto.verifyWithLabel(key, LABELS.keySuccession, encode(keySuccessionTbs, step), step.signature)
  );
}
