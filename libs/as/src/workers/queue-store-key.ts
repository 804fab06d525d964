import type { ScheduledJob } from '@phoenix/jobs';
import type { RotateStoreKey } from '@phoenix/queue';

/** Replaces, every week, the key that ratchet secrets of queues rest under (docs/protocol §6). */
export class QueueStoreKey implements ScheduledJob {
  readonly name = 'queue-store-key';
  readonly pattern = '20 4 * * 1';

  constructor(private readonly rotate: RotateStoreKey) {}

  run(): Promise<void> {
    return this.rotate.execute();
  }
}
