import { type CodecValue, fixed, struct, u64, u8 } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';
import { text } from '../store/text.js';

/**
 * The private side of a published connection package. `queue` is the one in which offers to it count, and no other: who found one name
 * of ours is not to learn by a package of another name that both are ours. `lastResort` is 1 or 0, `notAfter` UTC seconds.
 */
export const ownConnectionPackage = struct({
  queue: text,
  privateKey: fixed(32),
  lastResort: u8,
  notAfter: u64,
});
export type OwnConnectionPackage = CodecValue<typeof ownConnectionPackage>;

/** By the package's hash in hexadecimal. */
export const CONNECTION_PACKAGE = recordKind('connection-packages/', ownConnectionPackage);
