import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { MAX_DEQUEUED, MAX_DEQUEUED_BYTES } from '../domain/limits.js';
import type { QueueEntry } from '../domain/queue-entry.js';
import { QueueStore } from '../ports/queue-store.js';
import { RecordStore } from '../ports/record-store.js';
import { authenticateClient } from './authenticate.js';

/** What lies below `from` is acknowledged; `max` 0 only acknowledges. */
export interface DequeueMessagesInput {
  readonly clientId: Uint8Array;
  readonly from: bigint;
  readonly max: number;
}

/** The largest seq a store can hold. */
const MAX_SEQ = (1n << 63n) - 1n;

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
