import { type Outcome, refuse } from '@phoenix/wire';
import { AnswerTooLong, boundedText } from './bounded-text.js';
import { encodeRequest, type GraphqlRequest } from './graphql-request.js';
import { parseResponse } from './graphql-response.js';
import type { RequestKey, RequestSigner } from './request-signer.js';

const TIMEOUT_MS = 30_000;
const RETRY_MS = 1_000;
/** A whole queue, 64 MiB of entries in base64url, and what goes around them. */
const RESPONSE_LIMIT = 96 * 1024 * 1024;
const TOO_LONG: Outcome<never> = refuse('INTERNAL', { rule: 'client.answer' });

export interface GraphqlTransportOptions {
  /** The service's GraphQL endpoint, e.g. `https://qs.example.com/graphql`. */
  readonly url: string;
  /** The service's public name where it is not the URL's host, e.g. behind a tunnel. */
  readonly authority?: string;
  readonly signer: RequestSigner;
  /** The longest answer that is read, in bytes; more than a service has to say unless said. */
  readonly responseLimit?: number;
  /** The platform's `fetch` unless said. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Speaks GraphQL with one service. */
export class GraphqlTransport {
  readonly #options: GraphqlTransportOptions;
  readonly #authority: string;
  readonly #path: string;

  constructor(options: GraphqlTransportOptions) {
    const { host, pathname } = new URL(options.url);
    this.#options = options;
    this.#authority = options.authority ?? host;
    this.#path = pathname;
  }

  /** Encodes and sends a request, signed where a key is given; the response's `data`, or the service's refusal. */
  execute(request: GraphqlRequest, key?: RequestKey): Promise<Outcome<unknown>> {
    return this.send(encodeRequest(request), key);
  }

  /**
   * Sends the exact bytes of `encodeRequest`; to try again after UNAVAILABLE, send the same ones, and they are signed anew.
   * UNAVAILABLE is also what no answer is, or none that makes sense, and INTERNAL one that is too long: the operation may have taken
   * effect.
   */
  async send(body: Uint8Array, key?: RequestKey): Promise<Outcome<unknown>> {
    const target = { authority: this.#authority, path: this.#path, body };
    const signature = key === undefined ? {} : this.#options.signer.sign(target, key);
    const outcome = await this.#post(body, { ...signature }).then(parseResponse, (error: unknown) =>
      error instanceof AnswerTooLong ? TOO_LONG : undefined,
    );
    return outcome ?? refuse('UNAVAILABLE', { retryAfterMs: RETRY_MS });
  }

  async #post(body: Uint8Array, signature: Record<string, string>): Promise<string> {
    const { url, fetch = globalThis.fetch, responseLimit = RESPONSE_LIMIT } = this.#options;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signature },
      body,
      // A signature names its audience, and nothing but the signature may say who asks.
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return boundedText(response, responseLimit);
  }
}
