import type { KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import {
  asCredential,
  type AsIntermediateCredential,
  asIntermediateCredential,
  clientCredential,
  type ClientCredentialPayload,
  clientCredentialPayload,
  clientCredentialValidity,
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
import type { StoredIssuer } from './issuer.js';
import { VAULT_PURPOSES } from './vault-purposes.js';

/** Signs one credential when it is called; asked for before the transaction that calls it. */
export type CredentialSigner = () => Promise<Uint8Array>;

interface Intermediate extends StoredIssuer {
  readonly decoded: AsIntermediateCredential;
}

/** The issuing side of the AS: publishes its chain and signs ClientCredentials under it (docs/protocol §3). */
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
    this.signers = ofKind('intermediate').map((issuer) => ({
      ...issuer,
      decoded: decode(asIntermediateCredential, issuer.credential),
    }));
    this.intermediates = this.signers.map((signer) => signer.credential);
  }

  /** Checks a CSR for a client of our home domain; see `verifyCsr`. */
  verify(csr: Uint8Array): Outcome<VerifiedCsr> {
    return verifyCsr(this.crypto, this.domain, csr);
  }

  /**
   * A signer for the credential that this CSR asks for: validity and signer are the AS's to choose.
   * Refuses with UNAVAILABLE where no intermediate lives as long as the credential would have to.
   */
  prepare(csr: VerifiedCsr, nowMs: number): Outcome<CredentialSigner> {
    const expiration = clientCredentialValidity(nowMs);
    const issuer = this.signers.find(({ decoded }) => liesWithin(expiration, decoded.payload.expiration));
    if (issuer === undefined) return refuse('UNAVAILABLE');
    const { clientId, scheme, publicKey, selfSignature } = csr;
    const signer = this.crypto.sha256(issuer.credential);
    const payload: ClientCredentialPayload = { clientId, expiration, scheme, publicKey, signer };
    return done(() => this.sign(issuer, payload, selfSignature));
  }

  private async sign(
    issuer: StoredIssuer,
    payload: ClientCredentialPayload,
    selfSignature: Uint8Array,
  ): Promise<Uint8Array> {
    const tbs = encode(issuerTbs(clientCredentialPayload), { payload, selfSignature });
    const content = labelledContent(LABELS.clientCredential, tbs);
    const signature = await this.vault.sign(VAULT_PURPOSES.intermediate, issuer.wrappedKey, content);
    return encode(clientCredential, { payload, selfSignature, signature });
  }
}
