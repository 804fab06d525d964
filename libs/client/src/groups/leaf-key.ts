import type { RequestKey } from '../transport/request-signer.js';
import type { LiveGroup } from './session.js';

/** Signs as our leaf of the current epoch. */
export function leafKey({ mls, record }: LiveGroup): RequestKey {
  const keyId = { kind: 'leaf', name: String(mls.ownLeaf) } as const;
  return { keyId, privateKey: record.leaf.signatureKeys.privateKey };
}
