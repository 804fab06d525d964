import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';
import { clientCredential } from './client-credential.js';

/** What ties a leaf to a client, for those who hold the link key; `signature` is over LeafCredentialTbs (docs/protocol §3). */
export const identityLink = struct({ credential: clientCredential, signature: opaque(64) });
export type IdentityLink = CodecValue<typeof identityLink>;
