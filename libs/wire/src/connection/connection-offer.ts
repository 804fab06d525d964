import { clientCredential } from '../credentials/client-credential.js';
import { groupKeys } from '../group/group-keys.js';
import { groupId } from '../ids/group-id.js';
import type { CodecValue } from '../tls/codec.js';
import { fixed, opaque, struct } from '../tls/combinators.js';

/** What the initiator's client credential key signs, label `ConnectionOffer` (docs/protocol §5). */
export const connectionOfferTbs = struct({
  credential: clientCredential,
  groupId,
  groupKeys,
  packageHash: fixed(32),
});
export type ConnectionOfferTbs = CodecValue<typeof connectionOfferTbs>;

/** An invitation into the connection group that the initiator has made; travels as a SealedConnectionOffer. */
export const connectionOffer = struct({
  credential: clientCredential,
  groupId,
  groupKeys,
  packageHash: fixed(32),
  signature: opaque(64),
});
export type ConnectionOffer = CodecValue<typeof connectionOffer>;
