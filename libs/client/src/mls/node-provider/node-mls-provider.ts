import '../crypto-key.js';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { CiphersuiteImpl, CryptoProvider, Hash, Kdf } from 'ts-mls';
import { ed25519 } from './ed25519.js';
import { hkdfExpand, hkdfExtract, hmac } from './hkdf.js';
import { nodeHpke } from './node-hpke.js';

/** Where keys and nonces come from. */
export interface RandomSource {
  bytes(length: number): Uint8Array;
}

/**
 * ts-mls's crypto on node:crypto, for the one suite: a commit in a large group takes a ninth of what it takes on the
 * provider that ts-mls brings.
 */
export function nodeMlsProvider(random: RandomSource): CryptoProvider {
  const suite = {
    hash: sha256,
    hpke: nodeHpke(random),
    signature: ed25519(random),
    kdf,
    rng: { randomBytes: (length: number) => random.bytes(length) },
  };
  return { getCiphersuiteImpl: ({ name }): Promise<CiphersuiteImpl> => Promise.resolve({ ...suite, name }) };
}

const sha256: Hash = {
  digest: (data) => Promise.resolve(Uint8Array.from(createHash('sha256').update(data).digest())),
  mac: (key, data) => Promise.resolve(Uint8Array.from(hmac(key, data))),
  verifyMac: (key, mac, data) => Promise.resolve(mac.length === 32 && timingSafeEqual(mac, hmac(key, data))),
};

const kdf: Kdf = {
  size: 32,
  extract: (salt, ikm) => Promise.resolve(Uint8Array.from(hkdfExtract(salt, ikm))),
  expand: (prk, info, length) => Promise.resolve(hkdfExpand(prk, info, length)),
};
