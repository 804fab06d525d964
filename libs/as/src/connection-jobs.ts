import type { Provider } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { Jobs, ScheduledJob } from '@phoenix/jobs';
import { RotateStoreKey } from '@phoenix/queue';
import { KeyOrderStore } from './ports/key-order-store.js';
import { ExpireIdle } from './service/expire-idle.js';
import { ExpireOffers } from './service/expire-offers.js';
import { ActivityMonth } from './workers/activity-month.js';
import { AliasOrder } from './workers/alias-order.js';
import { QueueStoreKey } from './workers/queue-store-key.js';

/** What is done at fixed times with users, aliases and their queues; declared as it is made. */
export function connectionJobs(jobs: Pick<Jobs, 'declare'>): Provider[] {
  const declared = <T extends ScheduledJob>(job: T): T => {
    jobs.declare(job);
    return job;
  };
  return [
    {
      provide: ActivityMonth,
      inject: [ExpireIdle, ExpireOffers, KeyOrderStore, Clock],
      useFactory: (idle: ExpireIdle, offers: ExpireOffers, keyOrder: KeyOrderStore, clock: Clock) =>
        declared(new ActivityMonth(idle, offers, keyOrder, clock)),
    },
    {
      provide: AliasOrder,
      inject: [KeyOrderStore],
      useFactory: (keyOrder: KeyOrderStore) => declared(new AliasOrder(keyOrder)),
    },
    {
      provide: QueueStoreKey,
      inject: [RotateStoreKey],
      useFactory: (rotate: RotateStoreKey) => declared(new QueueStoreKey(rotate)),
    },
  ];
}
