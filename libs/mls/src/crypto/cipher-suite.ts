/** The sizes, in bytes, of what a cipher suite produces (RFC 9420 §17.1). */
export interface CipherSuite {
  readonly id: number;
  readonly name: string;
  /** The hash's output: tree hashes, transcript hashes, references. */
  readonly hashLength: number;
  /** A raw public key of the signature scheme (RFC 9420 §5.1.1). */
  readonly signatureKeyLength: number;
  /** A serialised public key of the KEM (RFC 9180 §7.1, `Npk`). */
  readonly kemKeyLength: number;
}

const row = (
  id: number,
  name: string,
  hashLength: number,
  signatureKeyLength: number,
  kemKeyLength: number,
) => [id, { id, name, hashLength, signatureKeyLength, kemKeyLength }] as const;

/** The suites of RFC 9420 §17.1, by code point. Which of them a server accepts is the server's setting. */
export const CIPHER_SUITES: ReadonlyMap<number, CipherSuite> = new Map<number, CipherSuite>([
  row(1, 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519', 32, 32, 32),
  row(2, 'MLS_128_DHKEMP256_AES128GCM_SHA256_P256', 32, 65, 65),
  row(3, 'MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519', 32, 32, 32),
  row(4, 'MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448', 64, 57, 56),
  row(5, 'MLS_256_DHKEMP521_AES256GCM_SHA512_P521', 64, 133, 133),
  row(6, 'MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448', 64, 57, 56),
  row(7, 'MLS_256_DHKEMP384_AES256GCM_SHA384_P384', 48, 97, 97),
]);

/** The mandatory suite (RFC 9420 §17.1). */
export const MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 = 1;
