import { formatUuid } from '@phoenix/wire';
import type { RequestKey } from '../transport/request-signer.js';
import type { QsIdentity } from './account.js';

/** Signs as the owner of a QS record. */
export function recordOwnerKey(kind: 'qs-user' | 'qs-client', identity: QsIdentity): RequestKey {
  return { keyId: { kind, name: formatUuid(identity.id) }, privateKey: identity.keys.privateKey };
}
