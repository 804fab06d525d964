import { encode, utf8, Writer } from '@phoenix/wire';
import { type UnverifiedKeyPackage, keyPackageCodec } from '../codec/key-package.js';
import type { MlsCrypto } from './mls-crypto.js';

/** `RefHash(label, value)` (RFC 9420 §5.2). */
export function refHash(crypto: MlsCrypto, label: string, value: Uint8Array): Uint8Array {
  return crypto.hash(new Writer(value.length + 64).opaque(utf8(label)).opaque(value).finish());
}

/** `KeyPackageRef`: how a Welcome names the KeyPackage it is for (RFC 9420 §5.2). */
export function keyPackageRef(crypto: MlsCrypto, keyPackage: UnverifiedKeyPackage): Uint8Array {
  return refHash(crypto, 'MLS 1.0 KeyPackage Reference', encode(keyPackageCodec, keyPackage));
}

/** `ProposalRef`: how a commit names a proposal sent before, from its encoded AuthenticatedContent (RFC 9420 §5.2). */
export function proposalRef(crypto: MlsCrypto, authenticatedContent: Uint8Array): Uint8Array {
  return refHash(crypto, 'MLS 1.0 Proposal Reference', authenticatedContent);
}
