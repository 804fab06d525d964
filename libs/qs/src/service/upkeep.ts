import { Injectable, Logger } from '@nestjs/common';
import { RotateStoreKey } from '@phoenix/queue';
import { Schedule } from '../ports/schedule.js';
import { ExpireQueues } from './expire-queues.js';

const WEEK_MS = 7 * 86_400_000;

/**
 * What has to be done again and again: the store key replaced, old entries let go. At boot and weekly: a stored "last done"
 * would be a time finer than a month, and a key replaced too soon does no harm.
 */
@Injectable()
export class Upkeep {
  readonly #log = new Logger('Upkeep');
  #running: Promise<void> = Promise.resolve();
  #stop: (() => void) | undefined;

  constructor(
    private readonly rotate: RotateStoreKey,
    private readonly expire: ExpireQueues,
    private readonly schedule: Schedule,
  ) {}

  /** Does not wait for the first round: the service answers meanwhile. */
  start(): void {
    this.#stop = this.schedule.every(WEEK_MS, () => this.#again());
    this.#again();
  }

  /** No further round begins; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#stop?.();
    await this.#running;
  }

  #again(): void {
    this.#running = this.#running.then(() => this.#round());
  }

  async #round(): Promise<void> {
    try {
      await this.rotate.execute();
      await this.expire.execute();
    } catch (error) {
      const kind = error instanceof Error ? error.name : 'unknown';
      this.#log.error(`The weekly upkeep of the queues failed (${kind}); the next round completes it.`);
    }
  }
}
