import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';
import { clientId } from '../ids/client-id.js';
import { signatureScheme } from './signature-scheme.js';

/** What the client itself says and signs: the AS adds expiry and signer (docs/protocol §3). Label `ClientCredentialPayload`. */
export const clientCsrTbs = struct({ clientId, scheme: signatureScheme, publicKey: opaque(64) });
export type ClientCsrTbs = CodecValue<typeof clientCsrTbs>;

/** A request for a ClientCredential, with its proof of possession. */
export const clientCsr = struct({
  clientId,
  scheme: signatureScheme,
  publicKey: opaque(64),
  selfSignature: opaque(64),
});
export type ClientCsr = CodecValue<typeof clientCsr>;
