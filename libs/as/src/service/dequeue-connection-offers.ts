import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import type { QueueEntry } from '@phoenix/queue';
import { done, monthNumber, type Outcome } from '@phoenix/wire';
import { ConnectionStore } from '../ports/connection-store.js';
import { DirectQueueStore } from '../ports/offer-queue-store.js';
import { AuthenticateClient } from './authenticate-client.js';
import { checkPage, type OfferPage, readPage } from './offer-page.js';

/** Gives a client the entries of its direct queue; marks the month as one in which it was here. */
@Injectable()
export class DequeueConnectionOffers {
  constructor(
    private readonly clients: AuthenticateClient,
    private readonly store: ConnectionStore,
    private readonly queues: DirectQueueStore,
    private readonly clock: Clock,
  ) {}

  async execute(request: SignedRequest, page: OfferPage): Promise<Outcome<readonly QueueEntry[]>> {
    const fits = checkPage(page);
    if (!fits.ok) return fits;
    const authentic = await this.clients.execute(request);
    if (!authentic.ok) return authentic;
    const { clientId } = authentic.value;
    await this.store.markActive(clientId, monthNumber(this.clock.now()));
    const queue = { queueId: clientId.uuid, owner: clientId.user.uuid };
    return done(await readPage(this.queues, queue, page));
  }
}
