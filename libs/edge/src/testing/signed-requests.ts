import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { utf8 } from '@phoenix/wire';
import { Admission } from '../signature/admission.js';
import { MemoryNonceStore } from '../signature/memory-nonce-store.js';
import type { SignedRequest } from '../signature/signed-request.js';
import { GRAPHQL_PATH } from '../http/gate.js';
import { signFields, type TestKey } from './sign-fields.js';

const AUTHORITY = 'service.test';
const WINDOW_MS = 5 * 60_000;

/** Makes the signed requests that a use case is given, by the edge's own code and with its own memory of nonces, without HTTP. */
export class SignedRequests {
  readonly #admission: Admission;

  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {
    const nonces = new MemoryNonceStore({ crypto, clock, windowMs: WINDOW_MS });
    const options = {
      authority: AUTHORITY,
      path: GRAPHQL_PATH,
      freshnessMs: WINDOW_MS,
      clock,
      crypto,
      nonces,
    };
    this.#admission = new Admission(options);
  }

  /** A request by this key; requests of equal bodies are retries of one another, those of equal nonces replays. */
  by(key: TestKey, options: { readonly body?: string; readonly nonce?: Uint8Array } = {}): SignedRequest {
    const body = utf8(options.body ?? '{}');
    const { crypto, clock } = this;
    const nonce = options.nonce ?? crypto.random.bytes(16);
    const fields = signFields({ crypto, clock, authority: AUTHORITY, body, key, nonce });
    const admitted = this.#admission.admit(
      {
        contentDigest: fields['content-digest'],
        signatureInput: fields['signature-input'],
        signature: fields.signature,
        authorization: undefined,
      },
      body,
    );
    if (!admitted.ok || admitted.value === undefined) throw new Error('a test request was not admitted');
    return admitted.value;
  }
}
