import { Injectable } from '@nestjs/common';
import type { Outcome } from '@phoenix/wire';
import { DirectQueueStore } from '../ports/offer-queue-store.js';
import { OfferWriter } from './offer-writer.js';

/** Leaves a client (UUID, 16 bytes) an encoded SealedConnectionOffer. Nobody learns from whom. */
@Injectable()
export class EnqueueConnectionOffer {
  constructor(
    private readonly queues: DirectQueueStore,
    private readonly writer: OfferWriter,
  ) {}

  execute(client: Uint8Array, offer: Uint8Array): Promise<Outcome<void>> {
    return this.writer.write(this.queues, client, offer);
  }
}
