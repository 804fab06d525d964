import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

type Curve = 'Ed25519' | 'X25519';

/** JWK import: half the time of DER (measured). */
export function publicKeyObject(curve: Curve, publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x: base64url(publicKey) }, format: 'jwk' });
}

const PKCS8_PREFIX = {
  Ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  X25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
};

/** PKCS#8 (RFC 8410 §7), since a JWK would ask for the public key too; the copy with the key is wiped. */
export function privateKeyObject(curve: Curve, privateKey: Uint8Array): KeyObject {
  if (privateKey.length !== 32) throw new RangeError('a private key has 32 bytes');
  const der = Buffer.concat([PKCS8_PREFIX[curve], privateKey]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return key;
}

/** The raw 32 bytes of the public half. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return new Uint8Array(Buffer.from(x as string, 'base64url'));
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
