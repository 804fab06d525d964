import { type CodecValue, opaque, struct, u64, u8 } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';
import { ownLeaf } from './own-leaf.js';

/** A published package's private side: what opens a Welcome to it. `lastResort` is 1 or 0, `notAfter` UTC seconds. */
export const ownPackage = struct({
  keyPackage: opaque(),
  ref: opaque(64),
  privateKeys: opaque(),
  leaf: ownLeaf,
  lastResort: u8,
  notAfter: u64,
});
export type OwnPackage = CodecValue<typeof ownPackage>;

/** By KeyPackageRef in hexadecimal. */
export const PACKAGE = recordKind('packages/', ownPackage);
