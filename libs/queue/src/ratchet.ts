import { type PhoenixCrypto, wipe } from '@phoenix/crypto';
import { labelledContent, LABELS, Writer } from '@phoenix/wire';

const EMPTY = new Uint8Array(0);
const SECRET_LENGTH = 32;
/** The info of `DeriveKey(s, "queue next", "")`, which every entry derives. */
const NEXT = labelledContent(LABELS.queueNext, EMPTY);

/** `id || seq`: binds a ciphertext to its place. */
export function entryContext(id: Uint8Array, seq: bigint): Uint8Array {
  return new Writer(24).bytes(id).u64(seq).finish();
}

/**
 * The encryption of one queue (docs/protocol §6, "Queue encryption"): each entry under a key of its own, the secret
 * hashed on after each (forward secrecy) and mixed with sealed randomness now and then (healing). Holds a secret: wipe it.
 */
export class Ratchet {
  #secret: Uint8Array;

  /** Takes over `secret`, 32 bytes. */
  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly id: Uint8Array,
    secret: Uint8Array,
  ) {
    this.#secret = secret;
  }

  /** Where a queue starts, and starts anew: a secret of zeros, to be updated before anything is encrypted. */
  static fromZeros(crypto: PhoenixCrypto, id: Uint8Array): Ratchet {
    return new Ratchet(crypto, id, new Uint8Array(SECRET_LENGTH));
  }

  /** The secret as it is now, as a view. */
  get secret(): Uint8Array {
    return this.#secret;
  }

  /** The body of a message at `seq`: `Encrypt(key, id || seq, padded)`. */
  message(seq: bigint, padded: Uint8Array): Uint8Array {
    const context = entryContext(this.id, seq);
    const key = this.crypto.deriveKey(this.#secret, LABELS.queueKey, context);
    const body = this.crypto.encrypt(key, context, padded);
    this.#replace(this.crypto.hash.hkdfExpand(this.#secret, NEXT, SECRET_LENGTH));
    wipe(key);
    return body;
  }

  /** The body of an update at `seq`: fresh randomness sealed to the owner and mixed into the secret. */
  update(seq: bigint, encryptionKey: Uint8Array): Uint8Array {
    const fresh = this.crypto.random.bytes(SECRET_LENGTH);
    const body = this.crypto.sealWithLabel(
      encryptionKey,
      LABELS.queueUpdate,
      entryContext(this.id, seq),
      fresh,
    );
    const salt = this.crypto.deriveKey(this.#secret, LABELS.queueRotation, EMPTY);
    this.#replace(this.crypto.hash.hkdfExtract(salt, fresh));
    wipe(fresh, salt);
    return body;
  }

  wipe(): void {
    wipe(this.#secret);
  }

  #replace(secret: Uint8Array): void {
    wipe(this.#secret);
    this.#secret = secret;
  }
}
