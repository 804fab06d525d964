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
export const MOST_STEPS = 16;

/** A client under a credential key (Ed25519, 32 bytes) that we know it by. */
export interface KnownHolder {
  readonly clientId: ClientId;
  readonly publicKey: Uint8Array;
}

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
  known: KnownHolder,
  { payload }: { readonly payload: Pick<ClientCredential['payload'], 'clientId' | 'publicKey'> },
  successions: readonly Uint8Array[],
): Outcome<void> {
  const isSame = equal(encode(clientId, payload.clientId), encode(clientId, known.clientId));
  const keys = isSame ? keysFrom(crypto, known, successions) : [];
  return keys.some((key) => equal(key, payload.publicKey))
    ? done()
    : invalidCredential('client.succession.missing');
}

/** The key of a holder and those that it has handed over to since, step by step, in whatever order the successions are. */
export function keysFrom(
  crypto: PhoenixCrypto,
  known: KnownHolder,
  successions: readonly Uint8Array[],
): Uint8Array[] {
  const who = encode(clientId, known.clientId);
  const steps = successions.flatMap((bytes) => tryDecode(() => decode(keySuccession, bytes)) ?? []);
  const keys = [known.publicKey];
  for (let key = known.publicKey; keys.length <= MOST_STEPS;) {
    const next = steps.find((each) => leadsOn(crypto, who, key, each));
    // Nobody takes back a key that he has given up.
    if (next === undefined || keys.some((one) => equal(one, next.nextKey))) break;
    key = next.nextKey;
    keys.push(key);
  }
  return keys;
}

function leadsOn(crypto: PhoenixCrypto, who: Uint8Array, key: Uint8Array, step: KeySuccession): boolean {
  return (
    equal(encode(clientId, step.clientId), who) &&
    equal(step.formerKey, key) &&
    step.nextKey.length === key.length &&
    crypto.verifyWithLabel(key, LABELS.keySuccession, encode(keySuccessionTbs, step), step.signature)
  );
}
