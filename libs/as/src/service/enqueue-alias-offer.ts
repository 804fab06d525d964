import { Injectable } from '@nestjs/common';
import type { Outcome } from '@phoenix/wire';
import { AliasQueueStore } from '../ports/offer-queue-store.js';
import { FindAlias } from './find-alias.js';
import { OfferWriter } from './offer-writer.js';

/** Leaves whoever has an alias an encoded SealedConnectionOffer. Nobody learns from whom, nor for whom. */
@Injectable()
export class EnqueueAliasOffer {
  constructor(
    private readonly aliases: FindAlias,
    private readonly queues: AliasQueueStore,
    private readonly writer: OfferWriter,
  ) {}

  async execute(alias: string, offer: Uint8Array): Promise<Outcome<void>> {
    const found = await this.aliases.execute(alias);
    return found.ok ? this.writer.write(this.queues, found.value.queueId, offer) : found;
  }
}
