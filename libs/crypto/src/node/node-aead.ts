import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Aead, AEAD_TAG_LENGTH } from '../ports/aead.js';
import { bytesOf } from './bytes-of.js';

type Algorithm = 'aes-128-gcm' | 'aes-256-gcm';

/** OpenSSL's output comes in arrays of its own; of megabytes at once, most of the time would go into new memory. */
const PIECE = 128 * 1024;

/** AES-GCM, the tag at the end. */
export function gcmSeal(
  algorithm: Algorithm,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const sealed = new Uint8Array(plaintext.length + AEAD_TAG_LENGTH);
  gcmSealInto(sealed, algorithm, key, nonce, aad, plaintext);
  return sealed;
}

function gcmSealInto(
  target: Uint8Array,
  algorithm: Algorithm,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): void {
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(aad);
  for (let at = 0; at < plaintext.length; at += PIECE) {
    target.set(cipher.update(plaintext.subarray(at, at + PIECE)), at);
  }
  cipher.final();
  target.set(cipher.getAuthTag(), plaintext.length);
}

/** Undefined when the tag does not fit. */
export function gcmOpen(
  algorithm: Algorithm,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  const end = ciphertext.length - AEAD_TAG_LENGTH;
  if (end < 0) return undefined;
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: AEAD_TAG_LENGTH }).setAAD(aad);
  decipher.setAuthTag(ciphertext.subarray(end));
  const plaintext = bytesOf(decipher.update(ciphertext.subarray(0, end)));
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return undefined;
  }
}

/** AES-256-GCM on node:crypto. */
export class NodeAead extends Aead {
  sealInto(
    target: Uint8Array,
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    plaintext: Uint8Array,
  ): void {
    gcmSealInto(target, 'aes-256-gcm', key, nonce, aad, plaintext);
  }

  open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined {
    return gcmOpen('aes-256-gcm', key, nonce, aad, ciphertext);
  }
}
