import type { PhoenixCrypto } from '@phoenix/crypto';
import { type ClientCredential, clientCredential, encode, monthNumber } from '@phoenix/wire';

/** A ClientCredential as it is handed out, with what is kept of it until it has run out. */
export interface IssuedCredential {
  /** Encoded ClientCredential. */
  readonly credential: Uint8Array;
  /** SHA-256 of the encoding. */
  readonly fingerprint: Uint8Array;
  /** The number of the month in which it ends (months since January 1970). */
  readonly lastMonth: number;
}

export function issuedCredential(crypto: PhoenixCrypto, decoded: ClientCredential): IssuedCredential {
  const credential = encode(clientCredential, decoded);
  const lastMonth = monthNumber(Number(decoded.payload.expiration.notAfter) * 1000);
  return { credential, fingerprint: crypto.sha256(credential), lastMonth };
}
