import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { MAX_DEQUEUED, MAX_DEQUEUED_BYTES, MAX_SEQ, type QueueEntry } from '@phoenix/queue';
import { done, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { QueueStore } from '../ports/queue-store.js';
import { RecordStore } from '../ports/record-store.js';
import { authenticateClient } from './authenticate.js';

/** What lies below `from` is acknowledged; `max` 0 only acknowledges. */
export interface DequeueMessagesInput {
  readonly clientId: Uint8Array;
  readonly from: bigint;
  readonly max: number;
}

/** Gives a client its entries from a seq on, in their order, and forgets those before. */
@Injectable()
export class DequeueMessages {
  constructor(
    private readonly records: RecordStore,
    private readonly queues: QueueStore,
    private readonly clock: Clock,
  ) {}

  async execute(
    request: SignedRequest,
    { clientId, from, max }: DequeueMessagesInput,
  ): Promise<Outcome<readonly QueueEntry[]>> {
    if (max < 0 || from > MAX_SEQ) return refuse('BAD_REQUEST');
    const found = await authenticateClient(this.records, request, clientId);
    if (!found.ok) return found;
    const entries = await this.queues.dequeue({
      clientId,
      from,
      max: Math.min(max, MAX_DEQUEUED),
      maxBytes: MAX_DEQUEUED_BYTES,
      month: monthNumber(this.clock.now()),
    });
    return done(entries);
  }
}
