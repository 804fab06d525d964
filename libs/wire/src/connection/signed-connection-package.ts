import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';
import { connectionPackage } from './connection-package.js';

/** A package as it is published and taken under a user id. Under an alias there is no signature: it would say whose it is. */
export const signedConnectionPackage = struct({ connectionPackage, signature: opaque(64) });
export type SignedConnectionPackage = CodecValue<typeof signedConnectionPackage>;
