import type { Signer } from '@phoenix/crypto';
import { formatBase64Url, type KeyId, type Outcome, refuse, type UnverifiedSignature } from '@phoenix/wire';
import type { NonceStore } from './nonce-store.js';
import type { SignedRequest } from './signed-request.js';

export interface ReceivedSignatureOptions {
  readonly received: UnverifiedSignature;
  /** The signature base (RFC 9421 §2.5). */
  readonly base: Uint8Array;
  readonly bodyDigest: Uint8Array;
  readonly signer: Signer;
  readonly nonces: NonceStore;
}

const PUBLIC_KEY_BYTES = 32;

/** The edge's SignedRequest: fresh and of this body, and nothing more until it is authenticated. */
export class ReceivedSignature implements SignedRequest {
  readonly #options: ReceivedSignatureOptions;
  /** What came of each key and scope that was asked about, so that asking again takes no second nonce. */
  readonly #taken = new Map<string, Promise<Outcome<void>>>();
  #authenticated = false;

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
    return this.#authenticated;
  }

  async authenticate(publicKey: Uint8Array, replayScope = ''): Promise<Outcome<void>> {
    const { received, base, signer } = this.#options;
    if (publicKey.length !== PUBLIC_KEY_BYTES) return refuse('SIGNATURE_INVALID');
    if (!signer.verify(publicKey, base, received.signature)) return refuse('SIGNATURE_INVALID');
    const asked = `${formatBase64Url(publicKey)} ${replayScope}`;
    const taken = this.#taken.get(asked) ?? this.#take(publicKey, replayScope);
    this.#taken.set(asked, taken);
    const outcome = await taken;
    this.#authenticated ||= outcome.ok;
    return outcome;
  }

  #take(publicKey: Uint8Array, scope: string): Promise<Outcome<void>> {
    const { nonces, received } = this.#options;
    const createdMs = received.parameters.created * 1000;
    return nonces.take({ publicKey, scope, nonce: this.nonce, createdMs });
  }
}
