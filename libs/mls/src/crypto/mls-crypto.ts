/**
 * What the public half of MLS asks of cryptography: the hash and the signature verification of one cipher suite
 * (for suite 1: SHA-256 and Ed25519). Synchronous, because both sit on a server's hot path.
 */
export interface MlsCrypto {
  /** The suite's hash of `data`. */
  hash(data: Uint8Array): Uint8Array;
  /** Whether `signature` over `message` holds under the raw public key; malformed keys and signatures are `false`, never a throw. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
