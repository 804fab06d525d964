import type { KeyPair, PhoenixCrypto } from '@phoenix/crypto';
import {
  asCredential,
  asCredentialPayload,
  asCredentialValidity,
  asIntermediateCredential,
  asIntermediateCredentialPayload,
  type AsIntermediateCredentialPayload,
  type ClientCredential,
  clientCredentialPayload,
  type ClientCredentialPayload,
  clientCredentialValidity,
  clientCsrTbs,
  type ClientId,
  type Codec,
  encode,
  intermediateValidity,
  issuerTbs,
  LABELS,
} from '@phoenix/wire';
import type { ListedCredentials } from '../credentials/as-directory.js';

/** A credential of any kind with its private key. */
export interface Issued<T> {
  readonly credential: T;
  readonly keys: KeyPair;
}

/** An authentication service's signing half, for tests of those who verify: anything can be overridden, so that it forges as well. */
export class CredentialAuthority {
  readonly rootKeys: KeyPair;
  readonly intermediateKeys: KeyPair;
  readonly root: Uint8Array;
  readonly intermediate: Uint8Array;

  constructor(
    readonly crypto: PhoenixCrypto,
    readonly domain: string,
    readonly nowMs: number,
    intermediate: Partial<AsIntermediateCredentialPayload> = {},
  ) {
    this.rootKeys = crypto.signer.generateKeyPair();
    this.intermediateKeys = crypto.signer.generateKeyPair();
    this.root = this.#root();
    this.intermediate = this.#intermediate(intermediate);
  }

  /** What its `asCredentials` would answer. */
  listed(revoked: readonly Uint8Array[] = []): ListedCredentials {
    return { roots: [this.root], intermediates: [this.intermediate], revoked };
  }

  /** A credential for a fresh client of this domain. */
  client(overrides: Partial<ClientCredentialPayload> = {}): Issued<ClientCredential> {
    const keys = this.crypto.signer.generateKeyPair();
    const payload: ClientCredentialPayload = {
      clientId: this.#freshClientId(),
      expiration: clientCredentialValidity(this.nowMs),
      scheme: 'ed25519',
      publicKey: keys.publicKey,
      signer: this.crypto.sha256(this.intermediate),
      ...overrides,
    };
    const possession = encode(clientCsrTbs, payload);
    const selfSignature = this.crypto.signWithLabel(
      keys.privateKey,
      LABELS.clientCredentialPayload,
      possession,
    );
    return { credential: this.sign(payload, selfSignature), keys };
  }

  /** What its intermediate makes of a payload, whatever is in it. */
  sign(payload: ClientCredentialPayload, selfSignature: Uint8Array): ClientCredential {
    const codec = clientCredentialPayload;
    const tbs = { payload, selfSignature };
    const signature = this.#issue(this.intermediateKeys, LABELS.clientCredential, codec, tbs);
    return { ...tbs, signature };
  }

  #freshClientId(): ClientId {
    const { random } = this.crypto;
    return { user: { uuid: random.uuid(), domain: this.domain }, uuid: random.uuid() };
  }

  #root(): Uint8Array {
    const payload = {
      domain: this.domain,
      expiration: asCredentialValidity(this.nowMs),
      scheme: 'ed25519' as const,
      publicKey: this.rootKeys.publicKey,
    };
    const possession = encode(asCredentialPayload, payload);
    const selfSignature = this.crypto.signWithLabel(
      this.rootKeys.privateKey,
      LABELS.asCredentialPayload,
      possession,
    );
    const signature = this.#issue(this.rootKeys, LABELS.asCredential, asCredentialPayload, {
      payload,
      selfSignature,
    });
    return encode(asCredential, { payload, selfSignature, signature });
  }

  #intermediate(overrides: Partial<AsIntermediateCredentialPayload>): Uint8Array {
    const payload = {
      expiration: intermediateValidity(this.nowMs),
      scheme: 'ed25519' as const,
      publicKey: this.intermediateKeys.publicKey,
      signer: this.crypto.sha256(this.root),
      ...overrides,
    };
    const possession = encode(asIntermediateCredentialPayload, payload);
    const { privateKey } = this.intermediateKeys;
    const selfSignature = this.crypto.signWithLabel(
      privateKey,
      LABELS.asIntermediateCredentialPayload,
      possession,
    );
    const codec = asIntermediateCredentialPayload;
    const signature = this.#issue(this.rootKeys, LABELS.asIntermediateCredential, codec, {
      payload,
      selfSignature,
    });
    return encode(asIntermediateCredential, { payload, selfSignature, signature });
  }

  #issue<P>(
    issuer: KeyPair,
    label: string,
    codec: Codec<P>,
    tbs: { payload: P; selfSignature: Uint8Array },
  ): Uint8Array {
    return this.crypto.signWithLabel(issuer.privateKey, label, encode(issuerTbs(codec), tbs));
  }
}
