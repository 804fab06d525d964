/** What an issuing credential of the AS is for (docs/protocol §3). */
export type IssuerKind = 'root' | 'intermediate';

/** An issuing credential as it is stored. */
export interface StoredIssuer {
  readonly kind: IssuerKind;
  /** Encoded AsCredential or AsIntermediateCredential. */
  readonly credential: Uint8Array;
  /** Its private key, wrapped by the vault; empty once it signs nothing any more and was destroyed. */
  readonly wrappedKey: Uint8Array;
}

/** What makes an AS the AS of its home domain; made once, at its first boot. */
export interface AuthorityKeys {
  readonly issuers: readonly StoredIssuer[];
  /** The key that seals registration tickets, wrapped by the vault. */
  readonly ticketKey: Uint8Array;
}

/** What a rotation does to the issuers; issuers are named by the SHA-256 of their credentials. */
export interface IssuerChanges {
  readonly added: readonly StoredIssuer[];
  /** Their keys sign nothing any more and are destroyed; the credentials stay published. */
  readonly retired: readonly Uint8Array[];
  /** Nothing that anybody still looks at hangs on them. */
  readonly forgotten: readonly Uint8Array[];
}
