import { createHash, createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto';
import type { MlsCrypto } from '../crypto/mls-crypto.js';

const HASHES: Record<number, string> = {
  1: 'sha256',
  2: 'sha256',
  3: 'sha256',
  4: 'sha512',
  5: 'sha512',
  6: 'sha512',
  7: 'sha384',
};
const EC_CURVES: Record<number, string> = { 2: 'P-256', 5: 'P-521', 7: 'P-384' };
const ED_CURVES: Record<number, string> = { 1: 'Ed25519', 3: 'Ed25519', 4: 'Ed448', 6: 'Ed448' };

/**
 * An `MlsCrypto` on node:crypto for tests, for any suite of RFC 9420 §17.1. Keys are imported as JWK, which is the
 * fastest of node's ways, and kept.
 */
export function nodeMlsCrypto(cipherSuite = 1): MlsCrypto {
  const algorithm = HASHES[cipherSuite];
  if (algorithm === undefined) throw new RangeError('no such cipher suite');
  const digest = EC_CURVES[cipherSuite] === undefined ? null : algorithm;
  const keys = new Map<string, KeyObject>();
  const imported = (raw: Uint8Array): KeyObject => {
    const name = Buffer.from(raw).toString('base64url');
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = createPublicKey({ key: jwk(cipherSuite, raw), format: 'jwk' });
    keys.set(name, key);
    return key;
  };
  return {
    hash: (data) => new Uint8Array(createHash(algorithm).update(data).digest()),
    verify: (publicKey, message, signature) => {
      try {
        return verifySignature(digest, message, imported(publicKey), signature);
      } catch {
        return false;
      }
    },
  };
}

function jwk(cipherSuite: number, raw: Uint8Array): Record<string, string> {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const edwards = ED_CURVES[cipherSuite];
  if (edwards !== undefined) return { kty: 'OKP', crv: edwards, x: text(raw) };
  const half = (raw.length - 1) / 2;
  return {
    kty: 'EC',
    crv: EC_CURVES[cipherSuite] as string,
    x: text(raw.subarray(1, 1 + half)),
    y: text(raw.subarray(1 + half)),
  };
}
