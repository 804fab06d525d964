import type { PhoenixCrypto } from '@phoenix/crypto';
import { LABELS, Writer } from '@phoenix/wire';

const EMPTY = new Uint8Array(0);

/** `id || seq`: the place a ciphertext is bound to. */
export function placeOf(id: Uint8Array, seq: bigint): Uint8Array {
  return new Writer(24).bytes(id).u64(seq).finish();
}

/** The key of the message at a place (docs/protocol §6, "Queue encryption"). */
export function messageKey(crypto: PhoenixCrypto, secret: Uint8Array, place: Uint8Array): Uint8Array {
  return crypto.deriveKey(secret, LABELS.queueKey, place);
}

/** The secret after `count` messages. */
export function stepped(crypto: PhoenixCrypto, secret: Uint8Array, count: bigint): Uint8Array {
  // Not `slice`: of a Buffer, which some providers answer, that is a view, and wiping would reach through it.
  let next: Uint8Array = new Uint8Array(secret);
  for (let i = 0n; i < count; i++) {
    const previous = next;
    next = crypto.deriveKey(previous, LABELS.queueNext, EMPTY);
    previous.fill(0);
  }
  return next;
}

/** The secret after an update that brought `fresh`, 32 bytes. */
export function rotated(crypto: PhoenixCrypto, secret: Uint8Array, fresh: Uint8Array): Uint8Array {
  const salt = crypto.deriveKey(secret, LABELS.queueRotation, EMPTY);
  const next = crypto.hash.hkdfExtract(salt, fresh);
  salt.fill(0);
  return next;
}
