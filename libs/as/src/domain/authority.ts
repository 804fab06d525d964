import type { KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import {
  asCredential,
  type AsIntermediateCredential,
  asIntermediateCredential,
  type ClientCredential,
  type ClientCredentialPayload,
  clientCredentialPayload,
  clientCredentialValidity,
  type ClientCsr,
  decode,
  done,
  encode,
  issuerTbs,
  LABELS,
  labelledContent,
  liesWithin,
  type Outcome,
  refuse,
} from '@phoenix/wire';
import { type VerifiedCsr, verifyCsr } from './client-csr.js';
import { verifyHandover } from './key-handover.js';
import { issuedCredential, type IssuedCredential } from './issued-credential.js';
import type { StoredIssuer } from './issuer.js';
import { VAULT_PURPOSES } from './vault-purposes.js';

/** Signs one credential when it is called; asked for before the transaction that calls it. */
export type CredentialSigner = () => Promise<IssuedCredential>;

/** What a credential is about: a verified CSR, or a credential that is renewed over the same key. */
export type CredentialSubject = Pick<ClientCsr, 'clientId' | 'scheme' | 'publicKey' | 'selfSignature'>;

interface Intermediate extends StoredIssuer {
  readonly decoded: AsIntermediateCredential;
}

/**
 * The issuing side of the AS at one moment: publishes its chain and signs ClientCredentials under it (docs/protocol §3).
 * Rotation makes another one.
 */
export class Authority {
  readonly roots: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  private readonly signers: readonly Intermediate[];

  /** @throws Error where the stored roots name another domain than this AS serves. */
  constructor(
    private readonly vault: KeyVault,
    private readonly crypto: PhoenixCrypto,
    private readonly domain: string,
    issuers: readonly StoredIssuer[],
  ) {
    const ofKind = (kind: StoredIssuer['kind']): StoredIssuer[] =>
      issuers.filter((each) => each.kind === kind);
    const roots = ofKind('root');
    for (const root of roots) {
      const stored = decode(asCredential, root.credential).payload.domain;
      if (stored !== domain) {
        throw new Error(`This AS was set up for the home domain ${stored} and cannot serve ${domain}.`);
      }
    }
    this.roots = roots.map((root) => root.credential);
    const intermediates = ofKind('intermediate');
    this.intermediates = intermediates.map((each) => each.credential);
    this.signers = intermediates
      .filter((each) => each.wrappedKey.length > 0)
      .map((each) => ({ ...each, decoded: decode(asIntermediateCredential, each.credential) }))
      .sort((a, b) =>
        a.decoded.payload.expiration.notAfter < b.decoded.payload.expiration.notAfter ? -1 : 1,
      );
  }

  /** Checks a CSR for a client of our home domain; see `verifyCsr`. */
  verify(csr: Uint8Array): Outcome<VerifiedCsr> {
    return verifyCsr(this.crypto, this.domain, csr);
  }

  /** Checks a CSR for a new key of a client that has a credential; see `verifyHandover`. */
  verifyHandover(
    present: ClientCredential,
    next: { readonly csr: Uint8Array; readonly succession: Uint8Array },
  ): Outcome<VerifiedCsr> {
    const csr = this.verify(next.csr);
    return csr.ok ? verifyHandover(this.crypto, present, csr.value, next.succession) : csr;
  }

  /** Whether a credential could be signed at this moment. */
  canSign(nowMs: number): boolean {
    return this.signerAt(nowMs) !== undefined;
  }

  /**
   * A signer for a credential of this subject: validity and signer are the AS's to choose.
   * Refuses with UNAVAILABLE where no intermediate lives as long as the credential would have to.
   */
  prepare(
    { clientId, scheme, publicKey, selfSignature }: CredentialSubject,
    nowMs: number,
  ): Outcome<CredentialSigner> {
    const issuer = this.signerAt(nowMs);
    if (issuer === undefined) return refuse('UNAVAILABLE');
    const expiration = clientCredentialValidity(nowMs);
    const signer = this.crypto.sha256(issuer.credential);
    const payload: ClientCredentialPayload = { clientId, expiration, scheme, publicKey, signer };
    return done(() => this.sign(issuer, payload, selfSignature));
  }

  /** The oldest that fits: by the time that its successor signs, everybody has heard of that one. */
  private signerAt(nowMs: number): Intermediate | undefined {
    const expiration = clientCredentialValidity(nowMs);
    return this.signers.find(({ decoded }) => liesWithin(expiration, decoded.payload.expiration));
  }

  private async sign(
    issuer: StoredIssuer,
    payload: ClientCredentialPayload,
    selfSignature: Uint8Array,
  ): Promise<IssuedCredential> {
    const tbs = encode(issuerTbs(clientCredentialPayload), { payload, selfSignature });
    const content = labelledContent(LABELS.clientCredential, tbs);
    const signature = await this.vault.sign(VAULT_PURPOSES.intermediate, issuer.wrappedKey, content);
    return issuedCredential(this.crypto, { payload, selfSignature, signature });
  }
}
