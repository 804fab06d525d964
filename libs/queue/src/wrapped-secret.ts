import { type PhoenixCrypto, wipe } from '@phoenix/crypto';
import { concat, utf8, Writer } from '@phoenix/wire';
import type { QueueHead } from './queue-head.js';
import type { StoreKeyRing } from './store-key-ring.js';

const KIND = utf8('queue secret');

/** The store's row it belongs to and how far it had come: a secret put back from an older row, or into another, does not open. */
function secretAad(id: Uint8Array, nextSeq: bigint): Uint8Array {
  return concat(KIND, new Writer(24).bytes(id).u64(nextSeq).finish());
}

/** `secret` for rest, under a store key, so that dead rows and logs of the database end with the key (docs/protocol §6). */
export function wrapSecret(
  crypto: PhoenixCrypto,
  storeKey: Uint8Array,
  place: { id: Uint8Array; nextSeq: bigint },
  secret: Uint8Array,
): Uint8Array {
  return crypto.encrypt(storeKey, secretAad(place.id, place.nextSeq), secret);
}

/** Undefined when its store key is gone or it was damaged. The result is the caller's to wipe. */
export function unwrapSecret(
  crypto: PhoenixCrypto,
  keys: StoreKeyRing,
  head: QueueHead,
): Uint8Array | undefined {
  const storeKey = keys.find(head.storeKeyId);
  return storeKey && crypto.decrypt(storeKey, secretAad(head.id, head.nextSeq), head.wrappedSecret);
}

/**
 * The head with its secret under another store key; undefined when the secret cannot be read.
 * @throws UnknownStoreKey
 */
export function rewrapSecret(
  crypto: PhoenixCrypto,
  keys: StoreKeyRing,
  head: QueueHead,
  storeKeyId: number,
): QueueHead | undefined {
  const storeKey = keys.get(storeKeyId);
  const secret = unwrapSecret(crypto, keys, head);
  if (secret === undefined) return undefined;
  try {
    return { ...head, storeKeyId, wrappedSecret: wrapSecret(crypto, storeKey, head, secret) };
  } finally {
    wipe(secret);
  }
}
