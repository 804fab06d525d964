import { type CodecValue, encode, opaque, struct, u16 } from '@phoenix/wire';
import type { Verified } from '../validation/verified.js';
import { extensionsCodec } from './extension.js';
import { leafNodeCodec } from './leaf-node.js';
import { protocolVersionCodec } from './protocol-version.js';

const content = {
  version: protocolVersionCodec,
  cipherSuite: u16,
  initKey: opaque(),
  leafNode: leafNodeCodec,
  extensions: extensionsCodec,
};
const contentCodec = struct(content);

/** `KeyPackage` (RFC 9420 §10), as anyone may send it. */
export const keyPackageCodec = struct({ ...content, signature: opaque() });
export type UnverifiedKeyPackage = CodecValue<typeof keyPackageCodec>;
/** A KeyPackage before it is signed. */
export type KeyPackageContent = CodecValue<typeof contentCodec>;
/** A KeyPackage that passed the checks of RFC 9420 §10.1: see `verifyKeyPackage`. */
export type KeyPackage = Verified<UnverifiedKeyPackage>;

/** `KeyPackageTBS` (RFC 9420 §10). Sign it under the label "KeyPackageTBS". */
export function keyPackageTbs(keyPackage: KeyPackageContent): Uint8Array {
  return encode(contentCodec, keyPackage);
}
