import { formatClientId } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { RequestKey } from '../transport/request-signer.js';

/** Signs as our client, towards the AS and nobody else. */
export function clientKey({ credential, credentialKey }: Account): RequestKey {
  const keyId = { kind: 'client', name: formatClientId(credential.payload.clientId) } as const;
  return { keyId, privateKey: credentialKey };
}
