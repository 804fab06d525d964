import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';
import { clientId } from '../ids/client-id.js';
import { signatureScheme } from './signature-scheme.js';

/** Which key follows which, for one client (docs/protocol §3). Label `KeySuccession`. */
export const keySuccessionTbs = struct({
  clientId,
  scheme: signatureScheme,
  formerKey: opaque(64),
  nextKey: opaque(64),
});
export type KeySuccessionTbs = CodecValue<typeof keySuccessionTbs>;

/** A client's new key, with the signature of the key that it replaces: contacts follow no other change. */
export const keySuccession = struct({
  clientId,
  scheme: signatureScheme,
  formerKey: opaque(64),
  nextKey: opaque(64),
  signature: opaque(64),
});
export type KeySuccession = CodecValue<typeof keySuccession>;
