/** Bytes that a ciphertext is longer than its plaintext. */
export const AEAD_TAG_LENGTH = 16;

/** AES-256-GCM (NIST SP 800-38D): 32-byte keys, 12-byte nonces, the 16-byte tag at the end of the ciphertext. */
export abstract class Aead {
  seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const sealed = new Uint8Array(plaintext.length + AEAD_TAG_LENGTH);
    this.sealInto(sealed, key, nonce, aad, plaintext);
    return sealed;
  }

  /** Seals into the start of `target`, which has room for the ciphertext and the tag; it may be where the plaintext is. */
  abstract sealInto(
    target: Uint8Array,
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    plaintext: Uint8Array,
  ): void;
  /** Undefined when it does not open; never throws for what came from outside. */
  abstract open(
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    ciphertext: Uint8Array,
  ): Uint8Array | undefined;
}
