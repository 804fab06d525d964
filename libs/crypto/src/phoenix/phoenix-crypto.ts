import { decode, encode, encrypted, labelledContent, sealed, tryDecode } from '@phoenix/wire';
import type { Aead } from '../ports/aead.js';
import type { Hash } from '../ports/hash.js';
import type { Hpke } from '../ports/hpke.js';
import type { Random } from '../ports/random.js';
import type { Signer } from '../ports/signer.js';

const NO_AAD = new Uint8Array(0);
const NONCE_LENGTH = 12;

/** The primitives a PhoenixCrypto stands on; any can be replaced. */
export interface CryptoPorts {
  readonly hash: Hash;
  readonly signer: Signer;
  readonly hpke: Hpke;
  readonly aead: Aead;
  readonly random: Random;
}

/** The protocol's labelled operations (docs/protocol §2) over replaceable primitives. */
export class PhoenixCrypto {
  readonly hash: Hash;
  readonly signer: Signer;
  readonly hpke: Hpke;
  readonly aead: Aead;
  readonly random: Random;

  constructor(ports: CryptoPorts) {
    this.hash = ports.hash;
    this.signer = ports.signer;
    this.hpke = ports.hpke;
    this.aead = ports.aead;
    this.random = ports.random;
  }

  /** What the public half of MLS needs: suite 1's hash and signature. */
  get mls(): {
    hash(data: Uint8Array): Uint8Array;
    verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  } {
    return {
      hash: (data) => this.hash.sha256(data),
      verify: (publicKey, message, signature) => this.signer.verify(publicKey, message, signature),
    };
  }

  sha256(data: Uint8Array): Uint8Array {
    return this.hash.sha256(data);
  }

  /** Ed25519 over the labelled content; 64 bytes. */
  signWithLabel(privateKey: Uint8Array, label: string, content: Uint8Array): Uint8Array {
    return this.signer.sign(privateKey, labelledContent(label, content));
  }

  verifyWithLabel(publicKey: Uint8Array, label: string, content: Uint8Array, signature: Uint8Array): boolean {
    return this.signer.verify(publicKey, labelledContent(label, content), signature);
  }

  /** The encoding of a Sealed; `context` binds it to where it belongs. */
  sealWithLabel(
    publicKey: Uint8Array,
    label: string,
    context: Uint8Array,
    plaintext: Uint8Array,
  ): Uint8Array {
    return encode(sealed, this.hpke.seal(publicKey, labelledContent(label, context), NO_AAD, plaintext));
  }

  /** Undefined for whatever is not a Sealed of this label and context for this key. */
  openWithLabel(
    privateKey: Uint8Array,
    label: string,
    context: Uint8Array,
    bytes: Uint8Array,
  ): Uint8Array | undefined {
    const value = tryDecode(() => decode(sealed, bytes));
    return value && this.hpke.open(privateKey, value, labelledContent(label, context), NO_AAD);
  }

  /** 32 bytes. */
  deriveKey(key: Uint8Array, label: string, context: Uint8Array): Uint8Array {
    return this.hash.hkdfExpand(key, labelledContent(label, context), 32);
  }

  /** The encoding of an Encrypted under a random nonce; `aad` binds the record's kind and id. */
  encrypt(key: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const nonce = this.random.bytes(NONCE_LENGTH);
    return encode(encrypted, { nonce, ciphertext: this.aead.seal(key, nonce, aad, plaintext) });
  }

  /** Undefined for whatever is not an Encrypted under this key and AAD. */
  decrypt(key: Uint8Array, aad: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
    const value = tryDecode(() => decode(encrypted, bytes));
    return value && this.aead.open(key, value.nonce, aad, value.ciphertext);
  }
}
