import { Injectable } from '@nestjs/common';
import { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { appendToQueue, queueContent, StoreKeys } from '@phoenix/queue';
import {
  decode,
  done,
  MAX_SEALED_OFFER_BYTES,
  monthNumber,
  type Outcome,
  refuse,
  sealedConnectionOffer,
  tryDecode,
} from '@phoenix/wire';
import { OFFER_QUEUE_LIMITS } from '../domain/connection-limits.js';
import type { OfferQueueStore } from '../ports/offer-queue-store.js';

/** With the package's hash, and the two bytes that say how long the ciphertext is. */
const MAX_OFFER_BYTES = MAX_SEALED_OFFER_BYTES + 32 + 2;

/** Puts offers into queues. A full queue takes none, and who sends is answered as if it had: it is not to learn who reads. */
@Injectable()
export class OfferWriter {
  constructor(
    private readonly storeKeys: StoreKeys,
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {}

  /** Refuses with LIMIT_EXCEEDED or BAD_REQUEST for what is no SealedConnectionOffer, NOT_FOUND where there is no such queue. */
  async write(queues: OfferQueueStore, queueId: Uint8Array, offer: Uint8Array): Promise<Outcome<void>> {
    if (offer.length > MAX_OFFER_BYTES) return refuse('LIMIT_EXCEEDED');
    if (tryDecode(() => decode(sealedConnectionOffer, offer)) === undefined) return refuse('BAD_REQUEST');
    const nowMs = this.clock.now();
    const content = queueContent({ type: 'connection_offer', timestamp: BigInt(nowMs), payload: offer });
    const { crypto } = this;
    const found = await this.storeKeys.use((keys) =>
      queues.append(queueId, monthNumber(nowMs), (head, storeKeyId) =>
        appendToQueue({ crypto, keys, storeKeyId, limits: OFFER_QUEUE_LIMITS }, head, [content]),
      ),
    );
    return found ? done() : refuse('NOT_FOUND');
  }
}
