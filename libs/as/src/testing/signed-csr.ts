import type { PhoenixCrypto } from '@phoenix/crypto';
import { type ClientId, type ClientCsr, clientCsr, clientCsrTbs, encode, LABELS } from '@phoenix/wire';

/** A client that asks for its first credential. */
export interface Applicant {
  readonly clientId: ClientId;
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
  /** Encoded ClientCsr, self-signed. */
  readonly csr: Uint8Array;
}

/** An applicant with a fresh key and client id, for a user id (16 bytes) that an AS drew. */
export function applicant(crypto: PhoenixCrypto, domain: string, user: Uint8Array): Applicant {
  const clientId = { user: { uuid: user, domain }, uuid: crypto.random.uuid() };
  const keys = crypto.signer.generateKeyPair();
  return { clientId, ...keys, csr: encode(clientCsr, selfSigned(crypto, clientId, keys)) };
}

/** The CSR that a key pair signs for itself. */
export function selfSigned(
  crypto: PhoenixCrypto,
  clientId: ClientId,
  keys: { publicKey: Uint8Array; privateKey: Uint8Array },
): ClientCsr {
  const tbs = { clientId, scheme: 'ed25519', publicKey: keys.publicKey } as const;
  const content = encode(clientCsrTbs, tbs);
  const selfSignature = crypto.signWithLabel(keys.privateKey, LABELS.clientCredentialPayload, content);
  return { ...tbs, selfSignature };
}
