import { diffieHellman, type KeyObject } from 'node:crypto';
import { concat } from '@phoenix/wire';
import type { Hash } from '../ports/hash.js';
import { Hpke, type HpkeCiphertext } from '../ports/hpke.js';
import type { Random } from '../ports/random.js';
import type { KeyPair } from '../ports/signer.js';
import { keySchedule, sharedSecret } from './hpke-schedule.js';
import { privateKeyObject, publicKeyObject, rawPublicKey } from './key-objects.js';
import { gcmOpen, gcmSeal } from './node-aead.js';

/** HPKE on node:crypto (RFC 9180). */
export class NodeHpke extends Hpke {
  constructor(
    private readonly hash: Hash,
    private readonly random: Random,
  ) {
    super();
  }

  generateKeyPair(): KeyPair {
    const privateKey = this.random.bytes(32);
    return { publicKey: this.publicKey(privateKey), privateKey };
  }

  publicKey(privateKey: Uint8Array): Uint8Array {
    return rawPublicKey(privateKeyObject('X25519', privateKey));
  }

  seal(publicKey: Uint8Array, info: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): HpkeCiphertext {
    const ephemeral = this.#ephemeral();
    const dh = agree(ephemeral, publicKey);
    if (dh === undefined) throw new RangeError('not an X25519 public key');
    const kemOutput = rawPublicKey(ephemeral);
    const { key, nonce } = this.#schedule(dh, kemOutput, publicKey, info);
    const ciphertext = gcmSeal('aes-128-gcm', key, nonce, aad, plaintext);
    key.fill(0);
    return { kemOutput, ciphertext };
  }

  open(
    privateKey: Uint8Array,
    sealed: HpkeCiphertext,
    info: Uint8Array,
    aad: Uint8Array,
  ): Uint8Array | undefined {
    const own = privateKeyObject('X25519', privateKey);
    const dh = agree(own, sealed.kemOutput);
    if (dh === undefined) return undefined;
    const { key, nonce } = this.#schedule(dh, sealed.kemOutput, rawPublicKey(own), info);
    const plaintext = gcmOpen('aes-128-gcm', key, nonce, aad, sealed.ciphertext);
    key.fill(0);
    return plaintext;
  }

  isPublicKey(publicKey: Uint8Array): boolean {
    return agree(this.#ephemeral(), publicKey) !== undefined;
  }

  /** Imported once: importing costs more than agreeing. */
  #ephemeral(): KeyObject {
    const privateKey = this.random.bytes(32);
    const key = privateKeyObject('X25519', privateKey);
    privateKey.fill(0);
    return key;
  }

  #schedule(
    dh: Uint8Array,
    kemOutput: Uint8Array,
    recipient: Uint8Array,
    info: Uint8Array,
  ): { key: Uint8Array; nonce: Uint8Array } {
    const secret = sharedSecret(this.hash, dh, concat(kemOutput, recipient));
    dh.fill(0);
    const scheduled = keySchedule(this.hash, secret, info);
    secret.fill(0);
    return scheduled;
  }
}

/** X25519; undefined where the other side is no key or of small order (OpenSSL refuses an all-zero result, RFC 7748 §6.1). */
function agree(privateKey: KeyObject, publicKey: Uint8Array): Uint8Array | undefined {
  if (publicKey.length !== 32) return undefined;
  try {
    return diffieHellman({ privateKey, publicKey: publicKeyObject('X25519', publicKey) });
  } catch {
    return undefined;
  }
}
