import type { Hpke, PrivateKey, PublicKey } from 'ts-mls';
import { openAesGcm, sealAesGcm } from './aes-gcm.js';
import { deriveKeyPair, exportFrom, recipientKeys, senderKeys } from './hpke.js';
import { rawX25519Key, x25519KeyPair, type X25519KeyPair } from './x25519.js';

const NONE = new Uint8Array();

/**
 * ts-mls's HPKE on node:crypto. ts-mls declares keys to be CryptoKeys, and only ever hands them back: here a public key
 * is its 32 bytes and a private key the pair.
 */
export function nodeHpke(random: { bytes(length: number): Uint8Array }): Hpke {
  const ephemeral = () => x25519KeyPair(random.bytes(32));
  return {
    keyLength: 16,
    nonceLength: 12,
    async seal(recipient, plaintext, info, aad = NONE) {
      const sender = ephemeral();
      const { key, nonce } = senderKeys(sender, rawPublicKey(recipient), info);
      return { enc: sender.publicKey, ct: sealAesGcm(key, nonce, aad, plaintext) };
    },
    async open(recipient, kemOutput, ciphertext, info, aad = NONE) {
      const { key, nonce } = recipientKeys(pairOf(recipient), kemOutput, info);
      return openAesGcm(key, nonce, aad, ciphertext);
    },
    async exportSecret(recipient, context, length, info) {
      const sender = ephemeral();
      const keys = senderKeys(sender, rawPublicKey(recipient), info);
      return { enc: sender.publicKey, secret: exportFrom(keys, context, length) };
    },
    async importSecret(recipient, context, kemOutput, length, info) {
      return exportFrom(recipientKeys(pairOf(recipient), kemOutput, info), context, length);
    },
    encryptAead: async (key, nonce, aad, plaintext) => sealAesGcm(key, nonce, aad ?? NONE, plaintext),
    decryptAead: async (key, nonce, aad, ciphertext) => openAesGcm(key, nonce, aad ?? NONE, ciphertext),
    importPrivateKey: async (raw) => asPrivateKey(x25519KeyPair(raw)),
    importPublicKey: async (raw) => asPublicKey(raw),
    exportPrivateKey: async (key) => rawX25519Key(pairOf(key).privateKey, 'd'),
    exportPublicKey: async (key) => rawPublicKey(key),
    deriveKeyPair: async (ikm) => asKeyPair(deriveKeyPair(ikm)),
    generateKeyPair: async () => asKeyPair(ephemeral()),
  };
}

function asKeyPair(pair: X25519KeyPair) {
  return { privateKey: asPrivateKey(pair), publicKey: asPublicKey(pair.publicKey) };
}

const asPrivateKey = (pair: X25519KeyPair) => pair as unknown as PrivateKey;
const asPublicKey = (raw: Uint8Array) => raw as unknown as PublicKey;
const pairOf = (key: PrivateKey) => key as unknown as X25519KeyPair;
const rawPublicKey = (key: PublicKey) => key as unknown as Uint8Array;
