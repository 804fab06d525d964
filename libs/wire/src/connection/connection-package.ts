import { expirationData } from '../credentials/expiration-data.js';
import { clientId } from '../ids/client-id.js';
import type { Codec, CodecValue } from '../tls/codec.js';
import { enumeration, fixed, mapped, struct } from '../tls/combinators.js';

/** One octet: 1 for a package that stays when it is taken, 0 for one that is given once. */
const lastResort: Codec<boolean> = mapped(
  enumeration({ once: 0, stays: 1 }),
  (kind) => kind === 'stays',
  (stays) => (stays ? 'stays' : 'once'),
);

/**
 * What a connection offer is sealed to (docs/protocol §5). The key is fresh for this package; the lifetime has the shape of
 * `connectionPackageValidity`. It is known by the SHA-256 of its encoding.
 */
export const connectionPackage = struct({ encryptionKey: fixed(32), lifetime: expirationData, lastResort });
export type ConnectionPackage = CodecValue<typeof connectionPackage>;

/** What a client's credential key signs of a package it publishes under its user id, label `ConnectionPackage`. */
export const connectionPackageTbs = struct({ clientId, connectionPackage });
export type ConnectionPackageTbs = CodecValue<typeof connectionPackageTbs>;
