import type { KeyPair } from './signer.js';

/** What HPKE sends: the encapsulated key and the ciphertext with its tag. */
export interface HpkeCiphertext {
  readonly kemOutput: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** Single-shot HPKE in base mode (RFC 9180 §6.1): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. Keys are 32 bytes. */
export abstract class Hpke {
  abstract generateKeyPair(): KeyPair;
  abstract publicKey(privateKey: Uint8Array): Uint8Array;
  /** @throws RangeError when the public key is not one: check keys from outside with `isPublicKey` first. */
  abstract seal(
    publicKey: Uint8Array,
    info: Uint8Array,
    aad: Uint8Array,
    plaintext: Uint8Array,
  ): HpkeCiphertext;
  /** Undefined when it does not open; never throws for what came from outside. */
  abstract open(
    privateKey: Uint8Array,
    sealed: HpkeCiphertext,
    info: Uint8Array,
    aad: Uint8Array,
  ): Uint8Array | undefined;
  /** Whether `seal` accepts the key: 32 bytes that are not of small order (RFC 7748 §6.1). */
  abstract isPublicKey(publicKey: Uint8Array): boolean;
}
