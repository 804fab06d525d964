import type { Clock } from '@phoenix/crypto';
import type { ScheduledJob } from '@phoenix/jobs';
import { monthNumber } from '@phoenix/wire';
import type { KeyOrderStore } from '../ports/key-order-store.js';
import type { ExpireIdle } from '../service/expire-idle.js';
import type { ExpireOffers } from '../service/expire-offers.js';

/**
 * What a new month brings (docs/protocol §5, §9): who stayed away goes, and users are rewritten, so that the order in which
 * they came goes no further back than the month.
 */
export class ActivityMonth implements ScheduledJob {
  readonly name = 'activity-month';
  /** In the small hours of the first, UTC. */
  readonly pattern = '10 3 1 * *';

  constructor(
    private readonly idle: ExpireIdle,
    private readonly offers: ExpireOffers,
    private readonly keyOrder: KeyOrderStore,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await this.idle.execute();
    await this.offers.execute();
    await this.keyOrder.rewriteUsers(monthNumber(this.clock.now()));
  }
}
