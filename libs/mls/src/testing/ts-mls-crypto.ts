import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Hash, Hpke, Kdf, PrivateKey, PublicKey, Signature } from 'ts-mls';
import { nodeMlsCrypto } from './node-mls-crypto.js';
import { signingKey } from './signing-key.js';
import { importPrivate, rawPublic, VectorHpke } from './vector-hpke.js';

/** Suite 1 for ts-mls on node:crypto: with the provider that it brings, its members would take most of a test's time. */
const verifier = nodeMlsCrypto();
const hpke = new VectorHpke(1);
const NONE = new Uint8Array(0);

export const nodeSignature: Signature = {
  keygen: async () => {
    const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    return { publicKey: bytes(x!), signKey: bytes(d!) };
  },
  sign: async (signKey, message) => signingKey(signKey).sign(message),
  verify: async (publicKey, message, signature) => verifier.verify(publicKey, message, signature),
};

export const nodeHash: Hash = {
  digest: async (data) => verifier.hash(data),
  mac: async (key, data) => copy(hpke.extract(key, data)),
  verifyMac: async (key, mac, data) => Buffer.compare(hpke.extract(key, data), mac) === 0,
};

export const nodeKdf: Kdf = {
  size: 32,
  // HKDF-Extract is HMAC under the salt.
  extract: async (salt, ikm) => copy(hpke.extract(salt, ikm)),
  expand: async (prk, info, length) => hpke.expand(prk, info, length),
};

/** ts-mls declares keys to be CryptoKeys and only ever hands them back: here they are raw bytes and KeyObjects. */
export const nodeHpke: Hpke = {
  keyLength: 16,
  nonceLength: 12,
  seal: async (recipient, plaintext, info, aad = NONE) => {
    const ephemeral = generateKeyPairSync('x25519').privateKey;
    const { key, nonce } = hpke.send(ephemeral, raw(recipient), info);
    return { enc: copy(rawPublic(ephemeral)), ct: hpke.sealAead(key, nonce, plaintext, aad) };
  },
  open: async (own, kemOutput, ciphertext, info, aad = NONE) => {
    const { key, nonce } = hpke.receive(object(own), kemOutput, info);
    return hpke.openAead(key, nonce, ciphertext, aad);
  },
  exportSecret: async (recipient, context, length, info) => {
    const ephemeral = generateKeyPairSync('x25519').privateKey;
    const secret = hpke.export(hpke.send(ephemeral, raw(recipient), info), context, length);
    return { enc: copy(rawPublic(ephemeral)), secret };
  },
  importSecret: async (own, context, kemOutput, length, info) =>
    hpke.export(hpke.receive(object(own), kemOutput, info), context, length),
  encryptAead: async (key, nonce, aad, plaintext) => hpke.sealAead(key, nonce, plaintext, aad ?? NONE),
  decryptAead: async (key, nonce, aad, ciphertext) => hpke.openAead(key, nonce, ciphertext, aad ?? NONE),
  importPrivateKey: async (key) => importPrivate('X25519', key) as unknown as PrivateKey,
  importPublicKey: async (key) => key as unknown as PublicKey,
  exportPrivateKey: async (key) => bytes(object(key).export({ format: 'jwk' }).d!),
  exportPublicKey: async (key) => raw(key),
  deriveKeyPair: async (ikm) => pair(importPrivate('X25519', hpke.derivePrivateKey(ikm))),
  generateKeyPair: async () => pair(generateKeyPairSync('x25519').privateKey),
};

function pair(privateKey: KeyObject): { privateKey: PrivateKey; publicKey: PublicKey } {
  const publicKey = copy(rawPublic(privateKey));
  return { privateKey: privateKey as unknown as PrivateKey, publicKey: publicKey as unknown as PublicKey };
}

const object = (key: PrivateKey): KeyObject => key as unknown as KeyObject;
const raw = (key: PublicKey): Uint8Array => key as unknown as Uint8Array;
const copy = (view: Uint8Array): Uint8Array => new Uint8Array(view);
const bytes = (base64url: string): Uint8Array => new Uint8Array(Buffer.from(base64url, 'base64url'));
