/** A key pair as raw bytes; the private key is the holder's to wipe. */
export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

/** Ed25519 (RFC 8032): 32-byte public keys, 32-byte seeds as private keys, 64-byte signatures. */
export abstract class Signer {
  abstract generateKeyPair(): KeyPair;
  abstract publicKey(privateKey: Uint8Array): Uint8Array;
  abstract sign(privateKey: Uint8Array, message: Uint8Array): Uint8Array;
  /** False for anything that is not a valid signature by a valid key; never throws. */
  abstract verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
