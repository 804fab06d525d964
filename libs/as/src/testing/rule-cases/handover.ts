import type { KeyPair, PhoenixCrypto } from '@phoenix/crypto';
import {
  clientCsr,
  type ClientId,
  encode,
  type KeySuccession,
  keySuccession,
  keySuccessionTbs,
  LABELS,
} from '@phoenix/wire';
import { type Applicant, selfSigned } from '../signed-csr.js';

/** A new key, and what asks for a credential over it; encoded. */
export interface Handover {
  readonly keys: KeyPair;
  readonly csr: Uint8Array;
  readonly succession: Uint8Array;
}

/** How a client hands over to a fresh key, or says that it does so for another client id. */
export function handover(crypto: PhoenixCrypto, by: Applicant, clientId: ClientId = by.clientId): Handover {
  const keys = crypto.signer.generateKeyPair();
  const tbs: Omit<KeySuccession, 'signature'> = {
    clientId,
    scheme: 'ed25519',
    formerKey: by.publicKey,
    nextKey: keys.publicKey,
  };
  const content = encode(keySuccessionTbs, tbs);
  const signature = crypto.signWithLabel(by.privateKey, LABELS.keySuccession, content);
  const csr = encode(clientCsr, selfSigned(crypto, clientId, keys));
  return { keys, csr, succession: encode(keySuccession, { ...tbs, signature }) };
}
