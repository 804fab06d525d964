import { Injectable } from '@nestjs/common';
import { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { Unavailable } from '@phoenix/edge';
import { appendToQueue, type QueueAppend, shuffled, type StoreKeyRing, StoreKeys } from '@phoenix/queue';
import { done, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { contentsByClient, type Delivery } from '../domain/delivery.js';
import { QUEUE_LIMITS } from '../domain/limits.js';
import { type LockedQueues, QueueStore } from '../ports/queue-store.js';
import { FanOutBacklog, type MissingQueues, type WaitingCall } from './fan-out-backlog.js';

const RETRY_AFTER_MS = 1_000;

/**
 * Writes what concurrent calls bring in shared transactions, one at a time: while one is under way, whatever comes queues up
 * for the next. For speed, and because rows of one transaction show who is in a group together (docs/protocol §6, "Writing").
 */
@Injectable()
export class FanOutWriter {
  readonly #backlog = new FanOutBacklog();
  #draining: Promise<void> | undefined;

  constructor(
    private readonly queues: QueueStore,
    private readonly storeKeys: StoreKeys,
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {}

  /**
   * All of one call's deliveries are durable when it is done, or none is. Refuses with UNAVAILABLE when too much is waiting or
   * the store cannot be reached (then they may be durable all the same: ask again with the same ids). A fault rejects.
   * @returns the clients whose queues are not there, others' that shared the transaction among them.
   */
  write(deliveries: readonly Delivery[]): Promise<Outcome<MissingQueues>> {
    return new Promise((resolve, reject) => {
      if (!this.#backlog.add({ deliveries, resolve, reject })) {
        resolve(refuse('UNAVAILABLE', { retryAfterMs: RETRY_AFTER_MS }));
        return;
      }
      this.#draining ??= this.#drain();
    });
  }

  /** When nothing is under way any more. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // Calls of the same turn of the event loop share the first transaction, too.
    await new Promise(setImmediate);
    for (let batch = this.#backlog.next(); batch.length > 0; batch = this.#backlog.next()) {
      await this.#writeTogether(shuffled(this.crypto.random, batch));
    }
    this.#draining = undefined;
  }

  async #writeTogether(batch: readonly WaitingCall[]): Promise<void> {
    try {
      const missing = await this.#append(batch.flatMap(({ deliveries }) => deliveries));
      for (const call of batch) call.resolve(done(missing));
    } catch (error) {
      if (error instanceof Unavailable) comeAgain(batch, error.retryAfterMs);
      else if (batch.length > 1) await this.#writeApart(batch);
      else for (const call of batch) call.reject(error);
    }
  }

  /** One call's trouble is not its neighbours'. Message ids make it safe to write again what may have been written. */
  async #writeApart(batch: readonly WaitingCall[]): Promise<void> {
    for (const call of batch) await this.#writeTogether([call]);
  }

  async #append(deliveries: readonly Delivery[]): Promise<MissingQueues> {
    const missing = new Set(deliveries.flatMap(({ addresses }) => addresses.map(({ clientId }) => clientId)));
    const request = {
      receipts: deliveries.map(({ receipt }) => receipt),
      clientIds: [...missing],
      month: monthNumber(this.clock.now()),
    };
    await this.storeKeys.use((keys) =>
      this.queues.append(request, (locked) => {
        for (const clientId of locked.heads.keys()) missing.delete(clientId);
        return this.#advance(deliveries, keys, locked);
      }),
    );
    return missing;
  }

  /** The queues' next states, one after the other, so that the store writes the first while the next is being encrypted. */
  *#advance(
    deliveries: readonly Delivery[],
    keys: StoreKeyRing,
    locked: LockedQueues,
  ): Generator<QueueAppend> {
    const contents = contentsByClient(deliveries, new Set(locked.fresh));
    const context = { crypto: this.crypto, keys, storeKeyId: locked.storeKeyId, limits: QUEUE_LIMITS };
    for (const [clientId, head] of shuffled(this.crypto.random, [...locked.heads])) {
      const waiting = contents.get(clientId);
      const append = waiting && appendToQueue(context, head, waiting);
      if (append) yield append;
    }
  }
}

/** The store cannot be reached: for one call of a batch no more than for another. */
function comeAgain(batch: readonly WaitingCall[], retryAfterMs: number): void {
  for (const call of batch) call.resolve(refuse('UNAVAILABLE', { retryAfterMs }));
}
