import { type Codec, DecodeError, list, opaque } from '@phoenix/wire';

/** Code points of RFC 9420 §17.5. */
export const CredentialType = { basic: 0x0001, x509: 0x0002 } as const;

/** Who a leaf says it is (RFC 9420 §5.3). A credential of another type has no known shape and is refused. */
export type Credential =
  | { readonly type: 'basic'; readonly identity: Uint8Array }
  | { readonly type: 'x509'; readonly certificates: readonly Uint8Array[] };

/** More than any chain has: a vector of empty strings would take a hundred times its bytes in memory. */
const MAX_CERTIFICATES = 64;
const certificates = list(opaque(), MAX_CERTIFICATES);

export const credentialCodec: Codec<Credential> = {
  write: (w, v) => {
    w.u16(CredentialType[v.type]);
    if (v.type === 'basic') w.opaque(v.identity);
    else certificates.write(w, [...v.certificates]);
  },
  read: (r) => {
    const type = r.u16();
    if (type === CredentialType.basic) return { type: 'basic', identity: r.opaque() };
    if (type === CredentialType.x509) return { type: 'x509', certificates: certificates.read(r) };
    throw new DecodeError('unknown-value');
  },
};
