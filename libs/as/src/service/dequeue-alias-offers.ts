import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import type { QueueEntry } from '@phoenix/queue';
import { done, type Outcome } from '@phoenix/wire';
import { AliasQueueStore } from '../ports/offer-queue-store.js';
import { AuthenticateAlias } from './authenticate-alias.js';
import { checkPage, type OfferPage, readPage } from './offer-page.js';

/** Gives the owner of an alias the entries of its queue. When it was here is noted nowhere: for that it refreshes the alias. */
@Injectable()
export class DequeueAliasOffers {
  constructor(
    private readonly aliases: AuthenticateAlias,
    private readonly queues: AliasQueueStore,
  ) {}

  async execute(
    request: SignedRequest,
    alias: string,
    page: OfferPage,
  ): Promise<Outcome<readonly QueueEntry[]>> {
    const fits = checkPage(page);
    if (!fits.ok) return fits;
    const authentic = await this.aliases.execute(request, alias);
    if (!authentic.ok) return authentic;
    const { queueId, authKey: owner } = authentic.value;
    return done(await readPage(this.queues, { queueId, owner }, page));
  }
}
