/** What an issuing credential of the AS is for (docs/protocol §3). */
export type IssuerKind = 'root' | 'intermediate';

/** An issuing credential as it is stored. */
export interface StoredIssuer {
  readonly kind: IssuerKind;
  /** Encoded AsCredential or AsIntermediateCredential. */
  readonly credential: Uint8Array;
  /** Its private key, wrapped by the vault. */
  readonly wrappedKey: Uint8Array;
}

/** What makes an AS the AS of its home domain; made once, at its first boot. */
export interface AuthorityKeys {
  readonly issuers: readonly StoredIssuer[];
  /** The key that seals registration tickets, wrapped by the vault. */
  readonly ticketKey: Uint8Array;
}
