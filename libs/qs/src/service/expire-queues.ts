import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { RETENTION_MONTHS } from '@phoenix/queue';
import { monthNumber } from '@phoenix/wire';
import { QueueStore } from '../ports/queue-store.js';

/** Lets go of messages that nobody came for in three whole months, and of message ids as old (docs/protocol §6). */
@Injectable()
export class ExpireQueues {
  constructor(
    private readonly queues: QueueStore,
    private readonly clock: Clock,
  ) {}

  execute(): Promise<void> {
    return this.queues.expire(monthNumber(this.clock.now()) - RETENTION_MONTHS);
  }
}
