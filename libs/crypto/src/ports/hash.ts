/** SHA-256 and what is built on it (FIPS 180-4, RFC 2104, RFC 5869). Synchronous: these are hot. */
export abstract class Hash {
  /** 32 bytes. */
  abstract sha256(data: Uint8Array): Uint8Array;
  /** HMAC-SHA256, 32 bytes. */
  abstract hmac(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** HKDF-Extract, 32 bytes. */
  abstract hkdfExtract(salt: Uint8Array, ikm: Uint8Array): Uint8Array;
  /** HKDF-Expand to at most 8,160 bytes. */
  abstract hkdfExpand(prk: Uint8Array, info: Uint8Array, length: number): Uint8Array;
}
