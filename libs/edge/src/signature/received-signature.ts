import type { Clock, Signer } from '@phoenix/crypto';
import { done, type KeyId, type Outcome, refuse, type UnverifiedSignature } from '@phoenix/wire';
import type { NonceStore } from './nonce-store.js';
import type { SignedRequest } from './signed-request.js';

export interface ReceivedSignatureOptions {
  readonly received: UnverifiedSignature;
  /** The signature base (RFC 9421 §2.5). */
  readonly base: Uint8Array;
  readonly bodyDigest: Uint8Array;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly nonces: NonceStore;
}

const PUBLIC_KEY_BYTES = 32;

/** The edge's SignedRequest: fresh and of this body, and nothing more until it is authenticated. */
export class ReceivedSignature implements SignedRequest {
  readonly #options: ReceivedSignatureOptions;
  readonly #taken = new Set<string>();

  constructor(options: ReceivedSignatureOptions) {
    this.#options = options;
  }

  get keyId(): KeyId {
    return this.#options.received.parameters.keyId;
  }

  get nonce(): Uint8Array {
    return this.#options.received.parameters.nonce;
  }

  get bodyDigest(): Uint8Array {
    return this.#options.bodyDigest;
  }

  /** Whether some key has vouched for this request. */
  get authenticated(): boolean {
    return this.#taken.size > 0;
  }

  authenticate(publicKey: Uint8Array, replayScope = ''): Outcome<void> {
    const { received, base, signer, clock, nonces } = this.#options;
    if (publicKey.length !== PUBLIC_KEY_BYTES) return refuse('SIGNATURE_INVALID');
    if (!signer.verify(publicKey, base, received.signature)) return refuse('SIGNATURE_INVALID');
    const tag = nonces.tagOf(publicKey, replayScope, this.nonce);
    if (this.#taken.has(tag)) return done();
    const taken = nonces.take(tag, received.parameters.created * 1000, clock.now());
    if (taken.ok) this.#taken.add(tag);
    return taken;
  }
}
