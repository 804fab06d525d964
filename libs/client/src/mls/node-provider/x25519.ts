import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';

/** PKCS #8 around a raw X25519 private key (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

export interface X25519KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: Uint8Array;
}

function importPublicKey(raw: Uint8Array): KeyObject {
  if (raw.length !== 32) throw new RangeError('an X25519 public key has 32 bytes');
  const x = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
}

/** The pair of a raw private key. */
export function x25519KeyPair(raw: Uint8Array): X25519KeyPair {
  if (raw.length !== 32) throw new RangeError('an X25519 private key has 32 bytes');
  const key = Buffer.concat([PKCS8_PREFIX, raw]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: rawX25519Key(createPublicKey(privateKey), 'x') };
}

/** The raw bytes of a key: `x` its public half, `d` the private one. */
export function rawX25519Key(key: KeyObject, half: 'x' | 'd'): Uint8Array {
  return Uint8Array.from(Buffer.from(key.export({ format: 'jwk' })[half] ?? '', 'base64url'));
}

/** X25519; OpenSSL refuses the points whose result is all zeros, as RFC 9180 §7.1.4 wants. */
export function x25519(privateKey: KeyObject, publicKey: Uint8Array): Uint8Array {
  return diffieHellman({ privateKey, publicKey: importPublicKey(publicKey) });
}
