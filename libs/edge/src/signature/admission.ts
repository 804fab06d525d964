import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import {
  done,
  equal,
  formatContentDigest,
  type Outcome,
  parseContentDigest,
  parseSignatureHeaders,
  refuse,
  signatureBase,
  type UnverifiedSignature,
} from '@phoenix/wire';
import type { NonceStore } from './nonce-store.js';
import { ReceivedSignature } from './received-signature.js';

/** The fields of a request that say who sends it, as received. */
export interface AuthenticationFields {
  readonly contentDigest: string | undefined;
  readonly signatureInput: string | undefined;
  readonly signature: string | undefined;
  readonly authorization: string | undefined;
}

export interface AdmissionOptions {
  readonly authority: string;
  readonly path: string;
  readonly freshnessMs: number;
  readonly clock: Clock;
  readonly crypto: PhoenixCrypto;
  readonly nonces: NonceStore;
}

/** What is checked of every request before anything of it is parsed: digest, freshness, token, in this order (docs/protocol §4). */
export class Admission {
  constructor(private readonly options: AdmissionOptions) {}

  /** The request's signature, still to be verified; undefined where it carries none. */
  admit(fields: AuthenticationFields, body: Uint8Array): Outcome<ReceivedSignature | undefined> {
    const digest = this.#checkDigest(fields, body);
    if (!digest.ok) return digest;
    const received = this.#checkSignatureFields(fields);
    if (!received.ok) return received;
    // Where tokens are checked. They are off: one that comes anyway is refused, not ignored.
    if (fields.authorization !== undefined) return refuse('TOKEN_INVALID');
    if (received.value === undefined || digest.value === undefined) return done(undefined);
    // A component that is not there cannot be covered (RFC 9421 §2.5).
    if (received.value.parameters.coversAuthorization) return refuse('SIGNATURE_INVALID');
    return done(this.#signature(received.value, digest.value));
  }

  /** SHA-256 of the body where the request states it; a signed request must. */
  #checkDigest(fields: AuthenticationFields, body: Uint8Array): Outcome<Uint8Array | undefined> {
    if (fields.contentDigest === undefined && !isSigned(fields)) return done(undefined);
    const stated = parseContentDigest(fields.contentDigest ?? '');
    const actual = this.options.crypto.sha256(body);
    return stated !== undefined && equal(stated, actual) ? done(actual) : refuse('DIGEST_MISMATCH');
  }

  #checkSignatureFields(fields: AuthenticationFields): Outcome<UnverifiedSignature | undefined> {
    if (!isSigned(fields)) return done(undefined);
    const received = parseSignatureHeaders(fields.signatureInput ?? '', fields.signature ?? '');
    if (received === undefined) return refuse('SIGNATURE_INVALID');
    const offMs = Math.abs(this.options.clock.now() - received.parameters.created * 1000);
    return offMs <= this.options.freshnessMs ? done(received) : refuse('REQUEST_EXPIRED');
  }

  #signature(received: UnverifiedSignature, bodyDigest: Uint8Array): ReceivedSignature {
    const { authority, path, crypto, nonces } = this.options;
    const contentDigest = formatContentDigest(bodyDigest);
    const base = signatureBase({ method: 'POST', authority, path, contentDigest }, received.parameters);
    return new ReceivedSignature({ received, base, bodyDigest, signer: crypto.signer, nonces });
  }
}

function isSigned(fields: AuthenticationFields): boolean {
  return fields.signature !== undefined || fields.signatureInput !== undefined;
}
