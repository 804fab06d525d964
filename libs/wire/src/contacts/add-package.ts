import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';

/** A KeyPackage (as an MLSMessage) and its leaf's link key, `Encrypted` under the add_package_key with AAD KeyPackageRef (docs/protocol §3). */
export const addPackage = struct({ keyPackage: opaque(16384), encryptedLinkKey: opaque(256) });
export type AddPackage = CodecValue<typeof addPackage>;
