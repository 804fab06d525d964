import type { PhoenixCrypto } from '@phoenix/crypto';
import { type CodecValue, fixed, list, opaque, struct, u32 } from '@phoenix/wire';
import { keyPair } from '../account/account.js';
import { QueueReader } from '../queue/queue-reader.js';
import { recordKind } from '../store/record-kind.js';

/**
 * A queue of offers at the AS: `encryption`, to which its updates are sealed; `reader`, where we are in it; `published`, the month in
 * which packages for it were last published (since January 1970, 0 for never), `oneTime` how many; `seen`, the digests of the newest
 * offers, by which one that comes again is known.
 */
export const offerQueue = struct({
  encryption: keyPair,
  reader: opaque(),
  published: u32,
  oneTime: u32,
  seen: list(fixed(32)),
});
export type OfferQueue = CodecValue<typeof offerQueue>;

/** By alias, and by DIRECT. */
export const OFFER_QUEUE = recordKind('offer-queues/', offerQueue);

/** The queue of offers to our user id; no alias is written like this. */
export const DIRECT = '@';

/** A queue whose keys belong to nothing else; `id` (16 bytes) is what its entries are bound to (docs/protocol §5). */
export function drawOfferQueue(crypto: PhoenixCrypto, id: Uint8Array): OfferQueue {
  const encryption = crypto.hpke.generateKeyPair();
  const reader = QueueReader.create(crypto, id, encryption.privateKey).encode();
  return { encryption, reader, published: 0, oneTime: 0, seen: [] };
}
