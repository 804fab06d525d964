import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Signature } from 'ts-mls';

/** PKCS #8 around a raw Ed25519 seed (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Ed25519 over raw 32-byte keys. A key that is none verifies nothing. */
export function ed25519(random: { bytes(length: number): Uint8Array }): Signature {
  return {
    sign: (seed, message) => Promise.resolve(Uint8Array.from(sign(null, message, privateKey(seed)))),
    verify: (publicKey, message, signature) => Promise.resolve(verifies(publicKey, message, signature)),
    keygen: () => {
      const signKey = random.bytes(32);
      const { x } = createPublicKey(privateKey(signKey)).export({ format: 'jwk' });
      return Promise.resolve({ signKey, publicKey: Uint8Array.from(Buffer.from(x ?? '', 'base64url')) });
    },
  };
}

function privateKey(seed: Uint8Array) {
  if (seed.length !== 32) throw new RangeError('an Ed25519 seed has 32 bytes');
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

function verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const x = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.length).toString('base64url');
  return verify(null, message, { key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }, signature);
}
