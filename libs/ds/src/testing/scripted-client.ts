import type { PhoenixCrypto } from '@phoenix/crypto';
import type { Extension, UnverifiedKeyPackage } from '@phoenix/mls';
import { buildKeyPackage, type SigningKey, signingKey } from '@phoenix/mls/testing';
import {
  encode,
  EXTENSION_QUEUE_CONFIG,
  leafCredential,
  leafValidity,
  memberKeySet,
  type MemberKeySet,
  sealedQueueConfig,
  type SealedQueueConfig,
} from '@phoenix/wire';

export const HOME = 'example.com';

/** What of a client is to be other than usual. */
export interface ClientOddities {
  readonly pseudonym?: Uint8Array;
  /** UTC milliseconds from which its credential and KeyPackage run. */
  readonly validFrom?: number;
  readonly queueDomain?: string;
  readonly extensions?: Extension[];
  readonly lifetime?: { readonly notBefore: bigint; readonly notAfter: bigint };
}

/** A client with signature keys and no secrets, as the DS sees it: a pseudonym, a queue config, a KeyPackage. */
export interface ScriptedClient {
  readonly pseudonym: Uint8Array;
  readonly seed: Uint8Array;
  readonly signer: SigningKey;
  readonly queue: SealedQueueConfig;
  readonly keys: MemberKeySet;
  /** Encoded LeafCredential. */
  readonly identity: Uint8Array;
  readonly keyPackage: UnverifiedKeyPackage;
}

export function scriptedClient(crypto: PhoenixCrypto, now: number, odd: ClientOddities = {}): ScriptedClient {
  const { random } = crypto;
  const pseudonym = odd.pseudonym ?? random.bytes(32);
  const validity = leafValidity(odd.validFrom ?? now);
  const queue = { domain: odd.queueDomain ?? HOME, sealed: random.bytes(180) };
  const seed = random.bytes(32);
  const signer = signingKey(seed);
  const identity = identityOf(crypto, pseudonym, now, odd.validFrom);
  const { keyPackage } = buildKeyPackage({
    signer,
    identity,
    lifetime: odd.lifetime ?? validity,
    initKey: random.bytes(32),
    encryptionKey: random.bytes(32),
    extensions: odd.extensions ?? [{ type: EXTENSION_QUEUE_CONFIG, data: encode(sealedQueueConfig, queue) }],
  });
  return { pseudonym, seed, signer, queue, keys: someKeys(crypto), identity, keyPackage };
}

/** A fresh LeafCredential for a pseudonym; its link is random bytes of the usual length. */
export function identityOf(
  { random }: PhoenixCrypto,
  pseudonym: Uint8Array,
  now: number,
  validFrom = now,
): Uint8Array {
  const expiration = leafValidity(validFrom);
  return encode(leafCredential, { pseudonym, expiration, identityLink: random.bytes(542) });
}

/** A wrapped member key set, as far as the DS can tell. */
export function someKeys({ random }: PhoenixCrypto): MemberKeySet {
  return { wrappedLinkKey: random.bytes(61), wrappedProfileKey: random.bytes(61) };
}

export function encodedKeys(client: ScriptedClient): Uint8Array {
  return encode(memberKeySet, client.keys);
}
