import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Aead } from '../ports/aead.js';
import { bytesOf } from './bytes-of.js';

const TAG_LENGTH = 16;

type Algorithm = 'aes-128-gcm' | 'aes-256-gcm';

/** AES-GCM, the tag at the end. */
export function gcmSeal(
  algorithm: Algorithm,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(aad);
  const sealed = new Uint8Array(plaintext.length + TAG_LENGTH);
  sealed.set(cipher.update(plaintext));
  cipher.final();
  sealed.set(cipher.getAuthTag(), plaintext.length);
  return sealed;
}

/** Undefined when the tag does not fit. */
export function gcmOpen(
  algorithm: Algorithm,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  const end = ciphertext.length - TAG_LENGTH;
  if (end < 0) return undefined;
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: TAG_LENGTH }).setAAD(aad);
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
  seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
    return gcmSeal('aes-256-gcm', key, nonce, aad, plaintext);
  }

  open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined {
    return gcmOpen('aes-256-gcm', key, nonce, aad, ciphertext);
  }
}
