import type { Clock } from '@phoenix/crypto';
import type { ScheduledJob } from '@phoenix/jobs';
import { monthNumber } from '@phoenix/wire';
import type { GroupStore } from '../ports/group-store.js';

/**
 * What a new month brings (docs/protocol §7): groups without activity for so many whole months are deleted, and the others
 * rewritten, so that the order in which they were written goes no further back than the month. The queue's clock says when
 * to look; which month it is, the service's own.
 */
export class ActivityMonth implements ScheduledJob {
  readonly name = 'activity-month';
  /** In the small hours of the first, UTC: everybody waits for as long as the rewriting takes. */
  readonly pattern = '30 2 1 * *';

  /** @param idleMonths at least 1. */
  constructor(
    private readonly store: GroupStore,
    private readonly clock: Clock,
    private readonly idleMonths: number,
  ) {}

  async run(): Promise<void> {
    const month = monthNumber(this.clock.now());
    await this.store.expireIdle(month - this.idleMonths);
    await this.store.rewriteInKeyOrder(month);
  }
}
