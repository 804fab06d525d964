import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { RETENTION_MONTHS } from '@phoenix/queue';
import { monthNumber } from '@phoenix/wire';
import { AliasQueueStore, DirectQueueStore } from '../ports/offer-queue-store.js';

/** Lets go of offers that nobody came for in three whole months (docs/protocol §6). */
@Injectable()
export class ExpireOffers {
  constructor(
    private readonly direct: DirectQueueStore,
    private readonly alias: AliasQueueStore,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const before = monthNumber(this.clock.now()) - RETENTION_MONTHS;
    await this.direct.expire(before);
    await this.alias.expire(before);
  }
}
