import { createCipheriv, createDecipheriv } from 'node:crypto';

const TAG_BYTES = 16;

/** AES-128-GCM; the tag follows the ciphertext. */
export function sealAesGcm(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  cipher.setAAD(aad);
  return Uint8Array.from(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
}

/** The plaintext; throws where the tag does not fit. */
export function openAesGcm(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  if (ciphertext.length < TAG_BYTES) throw new RangeError('shorter than its tag');
  const split = ciphertext.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(ciphertext.subarray(split));
  const opened = Buffer.concat([decipher.update(ciphertext.subarray(0, split)), decipher.final()]);
  return Uint8Array.from(opened);
}
